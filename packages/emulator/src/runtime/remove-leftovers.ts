import { readdir, rmdir, stat } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { aliveSocket } from "../sandbox/alive-socket.ts";
import { removeTree } from "./remove-tree.ts";

/** Folders of emulators without a data folder, with the number of the process, and those of pipes, with that of the sandbox. */
const runtimeName = /^functiongraph-(?:\d+-\w{6}|\d{12})$/;
/** Folders with the socket of a proxy for functions in networks of their own. */
const proxyName = /^functiongraph-out-/;
const proxySocket = "proxy";
/** A proxy opens its socket so many milliseconds after its folder at the latest. */
const openingMs = 60_000;
/** An empty folder without a socket is nobody's after so many milliseconds: an emulator that cannot listen may have used up its pipes. */
const emptyMs = 24 * 3600_000;

/**
 * Removes what emulators that were killed left behind in the folder for temporary files. What somebody still uses stays, also an emulator in
 * another container that shares the folder, whose process cannot be seen from here.
 */
export async function removeLeftovers(parent: string): Promise<void> {
  const entries = await readdir(parent).catch(() => []);
  await Promise.all(
    entries.map(async (entry) => {
      const path = join(parent, entry);
      const name = runtimeName.test(entry) ? aliveSocket : proxyName.test(entry) ? proxySocket : undefined;
      if (!name) return;
      const state = await stateOf(path, name);
      if (state === "deaf") await removeTree(path).catch(() => undefined);
      // Only what is empty goes this way.
      if (state === "old") await rmdir(path).catch(() => undefined);
    }),
  );
}

/** Whether somebody may use a folder, nobody listens on its socket any more, or it has had none for long. */
async function stateOf(folder: string, name: string): Promise<"used" | "deaf" | "old"> {
  const failure = await new Promise<string | undefined>((resolve) => {
    const socket = connect(join(folder, name), () => resolve(undefined));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    socket.once("close", () => resolve(undefined));
    socket.once("connect", () => socket.destroy());
  });
  if (failure === "ECONNREFUSED") return "deaf";
  if (failure !== "ENOENT") return "used";
  const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
  const age = Date.now() - mtimeMs;
  // A proxy has a socket always; an emulator may have been unable to listen.
  if (name === proxySocket) return age > openingMs ? "deaf" : "used";
  return age > emptyMs ? "old" : "used";
}
