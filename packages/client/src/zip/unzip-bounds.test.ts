import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { rawZip } from "../../test/support/raw-zip.ts";
import { forEachSeed } from "../../test/support/seeded.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { unzip, zip } from "./index.ts";

const megabyte = 1024 ** 2;
const refused = (message: string): object =>
  expect.objectContaining({ name: "ValidationError", message: expect.stringContaining(message) });

test("a file that says it unpacks to much more than its size is refused before anything is unpacked", async () => {
  const zeros = await zip({ zeros: new Uint8Array(17 * megabyte) });
  await expect(unzip(zeros)).rejects.toEqual(
    refused("zip: its files have 17825792 bytes, over 200 times its own; raise maxRatio"),
  );
  const files = await unzip(zeros, { maxRatio: Number.POSITIVE_INFINITY });
  expect(files.get("zeros")?.content).toHaveLength(17 * megabyte);
});

test("a file that says it unpacks to more than is allowed is refused before anything is unpacked", async () => {
  const honest = await zip({ a: new Uint8Array(2000) });
  await expect(unzip(honest, { maxSize: 1999 })).rejects.toEqual(refused("more than 1999; raise maxSize"));
  expect((await unzip(honest, { maxSize: 2000 })).size).toBe(1);
  const boast = rawZip([{ name: "a", fields: { size: 0xffff_fffe } }]);
  await expect(unzip(boast)).rejects.toEqual(refused("more than 1610612736; raise maxSize"));
});

test("a file that unpacks to more than it says is stopped there", async () => {
  const data = deflateRawSync(new Uint8Array(200 * megabyte));
  const bomb = rawZip([{ name: "bomb", data, fields: { method: 8, size: 1000 } }]);
  const progress: number[] = [];
  const unpacking = unzip(bomb, { onProgress: (done) => progress.push(done) });
  await expect(unpacking).rejects.toEqual(refused("bomb: it holds more than the 1000 bytes it says"));
  expect(progress).toEqual([]);
});

test("a damaged file is read as it was or refused with a ValidationError, never anything else", async () => {
  const honest = await unzip(
    await zip({ "index.js": "exports.handler = 1;\n".repeat(40), bootstrap: "hello" }),
  );
  const good = await zip(honest);
  await forEachSeed(1500, async (random) => {
    const bytes = good.slice(0, random.below(4) ? good.length : random.below(good.length));
    for (let flips = 1 + random.below(4); flips > 0; flips--)
      bytes[random.below(bytes.length)] = random.below(256);
    const outcome = await unzip(bytes).catch((error: unknown) => error);
    if (!(outcome instanceof Map)) return expect(outcome).toBeInstanceOf(ValidationError);
    for (const [path, { content }] of outcome) {
      if (honest.has(path)) expect(content).toEqual(honest.get(path)?.content);
    }
  });
});
