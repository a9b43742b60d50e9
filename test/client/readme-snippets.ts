import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The README of the client. */
export const readme: string = readFileSync(
  fileURLToPath(new URL("../../packages/client/README.md", import.meta.url)),
  "utf8",
);

/** The programs and pieces of programs in it. */
export const snippets: readonly string[] = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(
  ([, code = ""]) => code,
);
