import { ZipFaultFound } from "./zip-fault.ts";
import { shown } from "./zip-path.ts";

export type EntryKind = "file" | "folder" | "link";

interface Node {
  kind: EntryKind | undefined;
  readonly children: Map<string, Node>;
}

/** Finds paths that cannot be there together: something inside a file or a link, or one path with two kinds. */
export class PathTree {
  readonly #root: Node = { kind: "folder", children: new Map() };

  /** Adds a path; the same one may come again with the same kind. */
  add(parts: readonly string[], kind: EntryKind): void {
    let node = this.#root;
    for (const part of parts) {
      if (node.kind === "file" || node.kind === "link") throw conflict(parts, `inside a ${node.kind}`);
      const child = node.children.get(part) ?? { kind: undefined, children: new Map() };
      node.children.set(part, child);
      node = child;
    }
    if (node.kind !== undefined && node.kind !== kind)
      throw conflict(parts, `both a ${node.kind} and a ${kind}`);
    if (kind !== "folder" && node.children.size > 0) throw conflict(parts, `a ${kind} with files inside`);
    node.kind = kind;
  }
}

function conflict(parts: readonly string[], what: string): ZipFaultFound {
  return new ZipFaultFound("path", `path that is ${what}: ${shown(parts.join("/"))}`);
}
