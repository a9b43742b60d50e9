import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack, unpack } from "./pack.ts";

const clientFolder = fileURLToPath(new URL("../../packages/client", import.meta.url));

/** Somebody's project that has installed the client. */
export interface ReaderProject {
  readonly folder: string;
  /** Makes another package available that is no dependency of the client, as a development tool. */
  link(name: string): void;
  remove(): void;
}

/** Installs the packed client and what it depends on in a new folder; nothing is downloaded. */
export function readerProject(): ReaderProject {
  const folder = mkdtempSync(join(tmpdir(), "functiongraph-reader-"));
  const modules = join(folder, "node_modules");
  const client = join(modules, "@functiongraph", "client");
  unpack(pack(clientFolder, folder), client);
  installDependencies(client, clientFolder, modules);
  writeFileSync(join(folder, "package.json"), '{ "name": "reader", "private": true, "type": "module" }');
  return {
    folder,
    link(name) {
      const link = join(modules, name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(folderOf(name, clientFolder), link, "junction");
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Copies what a package depends on, and what that depends on. */
function installDependencies(installed: string, source: string, modules: string): void {
  const { dependencies = {} } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    const from = folderOf(name, source);
    const target = join(modules, name);
    cpSync(from, target, { recursive: true, filter: (path) => path !== join(from, "node_modules") });
    installDependencies(target, from, modules);
  }
}

/** Where a package is installed, seen from a folder; its package.json may not be exported. */
function folderOf(name: string, from: string): string {
  const places = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  for (const place of places) {
    try {
      readFileSync(join(place, name, "package.json"));
      return join(place, name);
    } catch {
      // Looked for in the next folder upwards.
    }
  }
  throw new Error(`${name} is not installed.`);
}
