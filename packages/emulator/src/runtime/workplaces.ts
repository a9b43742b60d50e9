import { randomBytes } from "node:crypto";
import { chmod, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { looksLikeZip } from "../core/code/check-archive.ts";
import type { SandboxLevel } from "../sandbox/contract.ts";
import type { PackageStore } from "../store/package-store.ts";
import { sha512 } from "../store/sha512.ts";
import { readZip } from "../zip/read-zip.ts";
import { type FunctionSpec, RuntimeFailure, type Workplace } from "./contract.ts";
import { putTree } from "./put-tree.ts";
import { removeTree } from "./remove-tree.ts";

/** Makes the places that instances run in, with code and dependencies. */
export interface Workplaces {
  /** An empty place. */
  make(): Promise<Workplace>;
  /** Puts the code of a function and its dependencies into a place. @throws RuntimeFailure 4001 when the package is not there */
  fill(place: Workplace, spec: FunctionSpec): Promise<void>;
  /** Removes a place; what cannot be removed stays for the next start. */
  remove(place: Workplace): Promise<void>;
}

/**
 * Keeps places below a folder: packages are unpacked there once, so that a second instance costs no unpacking. Where the sandbox maps the code
 * folder read-only each place gets links to the files, elsewhere copies, so that none can change what another sees.
 */
export function createWorkplaces(
  root: string,
  packages: Pick<PackageStore, "get">,
  level: SandboxLevel,
): Workplaces {
  const unpacked = new Map<string, Promise<string>>();

  async function unpack(key: string, spec: FunctionSpec): Promise<string> {
    const folder = join(root, "code", key);
    const draft = `${folder}.${randomBytes(4).toString("hex")}`;
    await mkdir(draft, { recursive: true });
    // The function's own files come last, and so over those of its dependencies; the first dependency goes before the others.
    for (const digest of spec.dependencies.toReversed())
      await putPackage(draft, digest, "dependency.zip", packages);
    if (spec.code.digest !== undefined)
      await putPackage(draft, spec.code.digest, spec.code.filename, packages);
    await rename(draft, folder).catch(async (error: NodeJS.ErrnoException) => {
      // Another emulator with the same folder was faster.
      await rm(draft, { recursive: true, force: true });
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
    return folder;
  }

  return {
    async make() {
      const id = randomBytes(16).toString("hex");
      const folder = join(root, "places", id);
      const codeFolder = join(folder, "function", "code");
      const temporaryFolder = join(folder, "tmp");
      await mkdir(codeFolder, { recursive: true });
      await mkdir(temporaryFolder);
      // Another user inside the sandbox writes there.
      await chmod(temporaryFolder, 0o1777);
      const seen =
        level === "namespaces"
          ? { code: "/opt/function/code", temporary: "/tmp", root: "/opt/function" }
          : { code: codeFolder, temporary: temporaryFolder, root: join(folder, "function") };
      return { id, folder, codeFolder, temporaryFolder, seen };
    },
    async fill(place, spec) {
      const key = (await sha512(Buffer.from(JSON.stringify([spec.code, spec.dependencies])))).slice(0, 40);
      let source = unpacked.get(key);
      if (!source) {
        source = unpack(key, spec);
        unpacked.set(key, source);
        source.catch(() => unpacked.delete(key));
      }
      await putTree(await source, place.codeFolder, { share: level === "namespaces" });
    },
    async remove(place) {
      await removeTree(place.folder).catch(() => undefined);
    },
  };
}

async function putPackage(
  folder: string,
  digest: string,
  filename: string,
  packages: Pick<PackageStore, "get">,
): Promise<void> {
  const bytes = await packages.get(digest);
  if (!bytes)
    throw new RuntimeFailure(4001, `function entry exception, error: the package ${filename} is lost`);
  if (!looksLikeZip(bytes) || filename.endsWith(".jar")) {
    // A source text, or an archive that its runtime reads as it is; a program must be executable.
    await write(join(folder, filename), bytes, filename === "bootstrap" ? 0o555 : 0o444);
    return;
  }
  for (const entry of await readZip(bytes)) {
    const path = join(folder, entry.path);
    if (entry.kind === "folder") await mkdir(path, { recursive: true });
    else if (entry.kind === "link") {
      await mkdir(dirname(path), { recursive: true });
      await rm(path, { force: true });
      await symlink(Buffer.from(entry.bytes).toString(), path);
    } else await write(path, entry.bytes, (entry.mode & 0o555) | 0o444);
  }
}

async function write(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  await writeFile(path, bytes, { mode });
}
