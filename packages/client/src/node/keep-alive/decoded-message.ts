import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** The decoder of each content encoding that fetch knows as well. */
const decoders = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/** The body of an answer without its content encoding; destroying either stream destroys the other. */
export function decodedMessage(message: IncomingMessage): Readable {
  const encoding = message.headers["content-encoding"]?.trim().toLowerCase();
  if (!encoding || !isKnown(encoding)) return message;
  // The last argument: whoever reads the result hears of a failure from it.
  return pipeline(message, decoders[encoding](), () => {});
}

function isKnown(encoding: string): encoding is keyof typeof decoders {
  return Object.hasOwn(decoders, encoding);
}
