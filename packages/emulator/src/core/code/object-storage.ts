import { open, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import type { App } from "../app.ts";
import { isLocalAddress } from "../local-address.ts";
import { ServiceError } from "../service-error.ts";
import { tooLarge } from "./read-base64.ts";

/**
 * Reads an object of a bucket from where this emulator's configuration says that such addresses lead.
 * @param field the request's name of the URL, for messages.
 * @param most bytes that it may have.
 * @throws ServiceError FSS.1010 (no URL), FSS.1054 (no such object, or an address that nothing is configured for), FSS.1071 (too large).
 */
export async function readObject(app: App, url: string, field: string, most: number): Promise<Uint8Array> {
  const address = readUrl(url, field);
  const target = targetOf(app.objectStorage, address.href);
  if (!target) {
    throw missing(
      `${field} leads to ${address.host}, for which this emulator has no folder and no address on this machine configured`,
    );
  }
  return target.base.startsWith("http://") || target.base.startsWith("https://")
    ? readAddress(target, field, most)
    : readFolder(target, field, most);
}

interface Target {
  /** Local folder, or base address on this machine. */
  readonly base: string;
  /** The rest of the URL, decoded, without a leading slash. */
  readonly path: string;
}

function readUrl(url: string, field: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && (parsed.protocol === "https:" || parsed.protocol === "http:") && parsed.pathname !== "/")
    return parsed;
  throw new ServiceError(
    "FSS.1010",
    `Invalid URL. ${field} must be the https address of an object and is "${url.slice(0, 200)}".`,
  );
}

function targetOf(storage: ReadonlyMap<string, string>, href: string): Target | undefined {
  const prefixes = [...storage.keys()].filter(
    (prefix) =>
      href.startsWith(prefix) && (prefix.endsWith("/") || /^[/?#]|^$/.test(href.slice(prefix.length))),
  );
  const longest = prefixes.sort((a, b) => b.length - a.length)[0];
  const base = longest === undefined ? undefined : storage.get(longest);
  if (longest === undefined || base === undefined) return undefined;
  const rest = href
    .slice(longest.length)
    .replace(/[?#].*$/, "")
    .replace(/^\/+/, "");
  try {
    return { base, path: decodeURIComponent(rest) };
  } catch {
    return undefined;
  }
}

async function readFolder({ base, path }: Target, field: string, most: number): Promise<Uint8Array> {
  const parts = path.split("/");
  if (path === "" || path.includes("\0") || path.includes("\\") || parts.includes(".."))
    throw missing(`${field} names no object`);
  try {
    const folder = await realpath(base);
    const file = await realpath(join(folder, ...parts));
    if (!file.startsWith(folder + sep)) throw missing(`${field} leads out of the configured folder`);
    const handle = await open(file, "r");
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw missing(`${field} names no file in the configured folder`);
      if (stat.size > most) throw tooLarge("FSS.1071", field, most, stat.size);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw missing(`${field} names no file in the configured folder`);
  }
}

async function readAddress({ base, path }: Target, field: string, most: number): Promise<Uint8Array> {
  if (!isLocalAddress(base)) throw missing(`${field} would lead to another machine`);
  if (path.split("/").includes("..")) throw missing(`${field} names no object`);
  const address = `${base.replace(/\/$/, "")}/${path.split("/").map(encodeURIComponent).join("/")}`;
  try {
    // A redirect could lead anywhere, so none is followed.
    const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(30_000) });
    if (!response.ok || !response.body) throw missing(`${field} was answered with status ${response.status}`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.byteLength;
      if (size > most) throw tooLarge("FSS.1071", field, most, size);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw missing(`${field} could not be read from the configured address`);
  }
}

function missing(what: string): ServiceError {
  return new ServiceError("FSS.1054", `The function app does not exist in OBS. ${what}.`);
}
