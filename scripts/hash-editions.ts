// Hashes the word runs of the documentation's editions into spec/provenance/shingles.bin, against which our own texts are compared.
// Usage: npx tsx scripts/hash-editions.ts FILE… (the editions as text; they themselves do not enter the repository)
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { specFolder } from "./lib/paths.ts";
import { pack } from "./lib/prose/shingles.ts";
import { runCommand, UserError } from "./lib/user-error.ts";

await runCommand(async () => {
  const files = process.argv.slice(2);
  if (files.length === 0)
    throw new UserError("Name the text files of the editions: npx tsx scripts/hash-editions.ts FILE…");
  const packed = pack(files.map((file) => readFileSync(file, "utf8")));
  writeFileSync(join(specFolder, "provenance", "shingles.bin"), packed);
  console.log(`${packed.length / 6} word runs of ${files.length} editions hashed.`);
  return 0;
});
