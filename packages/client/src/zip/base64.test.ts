import { expect, test } from "vitest";
import { forEachSeed } from "../../test/support/seeded.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { fromBase64, inlineLimit, packageLimit, toBase64 } from "./index.ts";

test.each([
  ["", ""],
  ["f", "Zg=="],
  ["fo", "Zm8="],
  ["foo", "Zm9v"],
  ["foobar", "Zm9vYmFy"],
  ["值", "5YC8"],
])("%j is encoded as in RFC 4648", (text, want) => {
  expect(toBase64(text)).toBe(want);
  expect(new TextDecoder().decode(fromBase64(want))).toBe(text);
});

test("any bytes are encoded as the platform does it, and come back", async () => {
  await forEachSeed(300, (random) => {
    const bytes = Uint8Array.from({ length: random.below(300) }, () => random.below(256));
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  });
});

test.each<[string, number | undefined, number, string]>([
  ["a package", undefined, packageLimit, "over the limit of 52428800 (50 MB, FSS.1071); upload it to OBS"],
  ["inline code", inlineLimit, inlineLimit, "over the limit of 10240 (10 KB, FSS.1072); pack it"],
  ["a limit of the caller's own", 100, 100, "over the limit of 100"],
])("%s over its limit is refused, and at its limit not", (_what, limit, size, message) => {
  const encode = (bytes: number): string => toBase64(new Uint8Array(bytes), { limit });
  expect(encode(size)).toHaveLength(Math.ceil(size / 3) * 4);
  expect(() => encode(size + 1)).toThrow(ValidationError);
  expect(() => encode(size + 1)).toThrow(message);
});

test("text that is not Base64 is refused", () => {
  expect(() => fromBase64("a*b=")).toThrow("code: it is not Base64; pass func_code.file as it is");
});
