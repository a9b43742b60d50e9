import type { Digests } from "./digests.ts";
import { type NodeCrypto, nodeDigests } from "./node-digests.ts";
import { webDigests } from "./web-digests.ts";

interface NodeLike {
  process?: { getBuiltinModule?(name: string): NodeCrypto | undefined };
}

let digests: Digests | undefined;

/**
 * The digests of this platform: node:crypto where there is one, Web Crypto elsewhere; the same results.
 *
 * node:crypto is asked for at the first signature and not imported: nothing is loaded before it is needed, and a bundle made for one
 * platform runs on every other.
 */
export function platformDigests(): Digests {
  digests ??= find();
  return digests;
}

function find(): Digests {
  // `as`: the global object has `process` only on Node and what resembles it (getBuiltinModule: Node 20.16).
  const crypto = (globalThis as NodeLike).process?.getBuiltinModule?.("node:crypto");
  if (crypto) return nodeDigests(crypto);
  // Browsers have no `subtle` on pages that came over plain HTTP from another host.
  if (globalThis.crypto?.subtle) return webDigests(globalThis.crypto.subtle);
  throw new Error("Signing needs Web Crypto, which browsers offer on https: and localhost pages only.");
}
