import { ZipFaultFound } from "./zip-fault.ts";

/** The parts of a path inside a package, empty and `.` parts left out; none for the package itself. */
export function zipPath(name: string): string[] {
  const fault = faultOf(name);
  if (fault) throw new ZipFaultFound("path", `${fault}: ${shown(name)}`);
  return name.split("/").filter((part) => part !== "" && part !== ".");
}

/** A name as a message may show it: in quotes, control characters escaped, not too long. */
export function shown(name: string): string {
  return JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name);
}

function faultOf(name: string): string | undefined {
  if (name === "") return "empty path";
  if (name.includes("\0")) return "path with a NUL character";
  if (name.includes("\\")) return "path with a backslash";
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) return "absolute path";
  const parts = name.split("/");
  if (parts.includes("..")) return "path that leads outside";
  if (Buffer.byteLength(name) > 4096 || parts.some((part) => Buffer.byteLength(part) > 255))
    return "path that is too long";
  return undefined;
}
