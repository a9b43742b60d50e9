import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Document, isMap, isNode, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { UserError } from "../user-error.ts";

/** A node of a source file. */
export interface Place {
  readonly file: string;
  readonly node: Node;
}

/** The YAML files of a description, parsed once each with their positions kept. */
export class SourceFiles {
  readonly #folder: string;
  readonly #documents = new Map<string, { text: string; document: Document.Parsed }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The root of a file, given relative to the description's folder. */
  root(file: string): Place {
    const { document } = this.#load(resolve(this.#folder, file));
    return { file: resolve(this.#folder, file), node: contentsOf(document) };
  }

  text(file: string): string {
    return this.#load(file).text;
  }

  nameOf(file: string): string {
    return relative(this.#folder, file);
  }

  /** The member of a map, references not followed. */
  get(place: Place, key: string): Place | undefined {
    if (!isMap(place.node)) return undefined;
    const value = place.node.get(key, true);
    return isNode(value) ? { file: place.file, node: value } : undefined;
  }

  items(place: Place | undefined): Place[] {
    if (!place || !isSeq(place.node)) return [];
    return place.node.items.filter(isNode).map((node) => ({ file: place.file, node }));
  }

  entries(place: Place | undefined): [string, Place][] {
    if (!place || !isMap(place.node)) return [];
    return place.node.items.flatMap((pair) =>
      isNode(pair.value) && isScalar(pair.key)
        ? [[String(pair.key.value), { file: place.file, node: pair.value }] as [string, Place]]
        : [],
    );
  }

  scalar(place: Place | undefined): unknown {
    return place && isScalar(place.node) ? place.node.value : undefined;
  }

  /** Follows `$ref` until a node without one. */
  follow(place: Place): Place {
    let current = place;
    for (let hops = 0; hops < 20; hops++) {
      const reference = this.scalar(this.get(current, "$ref"));
      if (typeof reference !== "string") return current;
      const file = resolve(dirname(current.file), reference);
      if (!existsSync(file))
        throw new UserError(`${this.nameOf(current.file)}: $ref ${reference} leads to no file`);
      current = { file, node: contentsOf(this.#load(file).document) };
    }
    return current;
  }

  #load(file: string): { text: string; document: Document.Parsed } {
    const known = this.#documents.get(file);
    if (known) return known;
    const text = readFileSync(file, "utf8");
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error) throw new UserError(`${this.nameOf(file)}: ${error.message}`);
    const entry = { text, document };
    this.#documents.set(file, entry);
    return entry;
  }

  /** Absolute path of a file of the description. */
  path(file: string): string {
    return join(this.#folder, file);
  }
}

function contentsOf(document: Document.Parsed): Node {
  if (!document.contents) throw new UserError("A file of the description is empty.");
  return document.contents;
}
