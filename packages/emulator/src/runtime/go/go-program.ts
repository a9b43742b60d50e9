import { open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** What this machine runs: `linux`, `darwin`, and a processor as Node.js names it. */
export interface Machine {
  readonly platform: string;
  readonly processor: string;
}

const processors: Readonly<Record<number, string>> = {
  3: "ia32",
  40: "arm",
  62: "x64",
  183: "arm64",
  243: "riscv64",
};
const goNames: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/**
 * Says why the executable that a handler names cannot run, or nothing when it can.
 * @param handler name of a file in the package's root
 */
export async function whyNotRunnable(
  codeFolder: string,
  handler: string,
  machine: Machine = { platform: process.platform, processor: process.arch },
): Promise<string | undefined> {
  const path = join(codeFolder, handler);
  const stats = handler === basename(handler) ? await stat(path).catch(() => undefined) : undefined;
  if (!stats?.isFile()) return explainMissing(codeFolder, handler);
  if ((stats.mode & 0o111) === 0)
    return `${handler} is not executable: run chmod +x ${handler} before packing. ZIP programs of Windows lose that; pack on Linux, macOS or in WSL.`;
  return explainFormat(handler, await firstBytes(path), machine);
}

async function explainMissing(codeFolder: string, handler: string): Promise<string> {
  const rule = `the package has no executable ${handler} in its root, which the handler names`;
  const entries = await readdir(codeFolder, { withFileTypes: true }).catch(() => []);
  const plugin = entries.find(({ name }) => name.endsWith(".so"));
  if (plugin)
    return `${rule}. It has the plugin ${plugin.name}: only a program of the very same build loads plugins, so the emulator cannot. Build a program that registers its function (go build, without -buildmode=plugin), and name it in the handler.`;
  for (const entry of entries) {
    const inside = entry.isDirectory() ? await readdir(join(codeFolder, entry.name)).catch(() => []) : [];
    if (inside.includes(handler))
      return `${rule}. It has ${entry.name}/${handler}: pack the content of ${entry.name}, not the folder itself.`;
  }
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return files.length === 0 ? rule : `${rule}; its root has ${files.slice(0, 5).join(", ")}`;
}

/** Looks at the start of a program. What no system knows is refused: a shell would take it for a script. */
function explainFormat(handler: string, bytes: Buffer, { platform, processor }: Machine): string | undefined {
  const remedy = `build it with GOOS=${platform} GOARCH=${goNames[processor] ?? processor}`;
  const isElf = bytes.subarray(0, 4).equals(Buffer.from("\x7fELF", "latin1"));
  if (isElf) {
    const machine = bytes.length < 20 ? 0 : bytes[5] === 2 ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18);
    const madeFor = processors[machine] ?? `the processor ${machine}`;
    if (platform !== "linux")
      return `${handler} is a program for Linux, which does not run here: run the emulator on Linux (WSL, a container), or ${remedy} to try it here`;
    if (madeFor !== processor)
      return `${handler} is a program for ${goNames[madeFor] ?? madeFor}, and this machine is ${goNames[processor] ?? processor}: ${remedy} to try it here`;
  } else if (bytes.subarray(0, 2).toString("latin1") === "MZ")
    return `${handler} is a program for Windows: ${remedy}`;
  else if (machO.has(bytes.length < 4 ? 0 : bytes.readUInt32LE(0)))
    return platform === "linux" ? `${handler} is a program for macOS: ${remedy}` : undefined;
  else if (bytes.subarray(0, 8).toString("latin1") === "!<arch>\n")
    return `${handler} is a library of Go and no program: it needs the package main with a function main`;
  else if (bytes.subarray(0, 2).toString("latin1") !== "#!")
    return `${handler} is ${bytes.length === 0 ? "empty" : "no program"}: ${remedy}, and pack what go build has made under that name`;
  return undefined;
}

/** 64 and 32 bits, and files for several processors. */
const machO: ReadonlySet<number> = new Set([0xfeedfacf, 0xfeedface, 0xbebafeca]);

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
