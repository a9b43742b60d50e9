export type { components, operations, paths, webhooks } from "./generated/schema.js";
export type { $Read, $Write, Readable, Writable } from "./read-write.js";
