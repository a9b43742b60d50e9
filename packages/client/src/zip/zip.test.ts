import { describe, expect, test, vi } from "vitest";
import { forEachSeed, type Random } from "../../test/support/seeded.ts";
import { ValidationError } from "../errors/validation-error.ts";
import {
  createCodePackage,
  type PackageFile,
  type PackageFiles,
  readCodePackage,
  unzip,
  zip,
} from "./index.ts";

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const noise = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, at) => (Math.imul(at + 1, 0x9e3779b1) >>> 13) & 0xff);

const files = {
  "index.js": "exports.handler = async () => 'grüße';\n".repeat(50),
  "empty.txt": "",
  "lib/noise.bin": noise(200_000),
  "lib/函数.json": "{}",
  bootstrap: { content: "#!/bin/sh\nexec ./main\n", mode: 0o755 },
} satisfies PackageFiles;

describe.each(["deflate", "store"] as const)("with level %s", (level) => {
  test("files come back as they were, sorted, with their executable bits", async () => {
    const unpacked = await unzip(await zip(files, { level }));
    expect([...unpacked.keys()]).toEqual([
      "bootstrap",
      "empty.txt",
      "index.js",
      "lib/noise.bin",
      "lib/函数.json",
    ]);
    expect([...unpacked.values()].map(({ mode }) => mode)).toEqual([0o755, 0o644, 0o644, 0o644, 0o644]);
    expect(text(unpacked.get("index.js")?.content)).toBe(files["index.js"]);
    expect(unpacked.get("lib/noise.bin")?.content).toEqual(files["lib/noise.bin"]);
  });

  test("the same files give the same bytes, in any order, from any kind of list and on any day", async () => {
    const first = await zip(files, { level });
    vi.useFakeTimers({ now: new Date("2031-01-01T00:00:00Z"), toFake: ["Date"] });
    const later = await zip(
      new Map<string, string | Uint8Array | PackageFile>(Object.entries(files).reverse()),
      { level },
    );
    vi.useRealTimers();
    expect(later).toEqual(first);
    expect(await zip(await unzip(first), { level })).toEqual(first);
  });
});

test("stored bytes are the same on every runtime, to the bit", async () => {
  const bytes = await zip({ "a.txt": "a", b: { content: "b", mode: 0o755 } }, { level: "store" });
  expect(
    Buffer.from(bytes)
      .toString("hex")
      .match(/504b.+?(?=504b|$)/g),
  ).toEqual([
    "504b03041400000800000000210043beb7e8010000000100000005000000612e74787461",
    "504b030414000008000000002100f9efbe710100000001000000010000006262",
    "504b010214031400000800000000210043beb7e80100000001000000050000000000000000000000a48100000000612e747874",
    "504b0102140314000008000000002100f9efbe710100000001000000010000000000000000000000ed812400000062",
    "504b0506000000000200020062000000440000000000",
  ]);
});

test("what deflating would not make smaller is stored", async () => {
  const random = new Uint8Array(1000);
  crypto.getRandomValues(random);
  expect(await zip({ random })).toEqual(await zip({ random }, { level: "store" }));
});

test("progress is told in bytes of content, up to all of them", async () => {
  const content = noise(300_000);
  const calls: [number, number][] = [];
  const bytes = await zip({ a: content, b: "four" }, { onProgress: (...call) => calls.push(call) });
  expect(calls).toEqual([
    [65_536, 300_004],
    [131_072, 300_004],
    [196_608, 300_004],
    [262_144, 300_004],
    [300_000, 300_004],
    [300_004, 300_004],
  ]);
  const unpacking: [number, number][] = [];
  await unzip(bytes, { onProgress: (...call) => unpacking.push(call) });
  expect(unpacking.at(-1)).toEqual([300_004, 300_004]);
  expect(unpacking.map(([done]) => done)).toEqual(unpacking.map(([done]) => done).sort((a, b) => a - b));
});

test("packing and unpacking stop with the signal's reason, at once or in the middle of a file", async () => {
  const reason = new Error("enough");
  await expect(zip({ a: "a" }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const packing = new AbortController();
  const onProgress = (done: number): void => {
    if (done > 100_000) packing.abort(reason);
  };
  await expect(zip({ a: noise(1_000_000) }, { signal: packing.signal, onProgress })).rejects.toBe(reason);
  const bytes = await zip({ a: noise(1_000_000) });
  await expect(unzip(bytes, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const unpacking = new AbortController();
  await expect(
    unzip(bytes, { signal: unpacking.signal, onProgress: () => unpacking.abort(reason) }),
  ).rejects.toBe(reason);
});

test("an error of the progress callback is passed on as it is", async () => {
  const own = new RangeError("my own");
  const onProgress = (): void => {
    throw own;
  };
  await expect(zip({ a: noise(100_000) }, { onProgress })).rejects.toBe(own);
  await expect(unzip(await zip({ a: noise(100_000) }), { onProgress })).rejects.toBe(own);
});

test("content in shared memory, and a part of a larger buffer, are packed like any other", async () => {
  const shared = new Uint8Array(new SharedArrayBuffer(1000)).fill(7);
  const part = new Uint8Array(3000).fill(7).subarray(1000, 2000);
  const plain = await zip({ a: new Uint8Array(1000).fill(7) });
  expect(await zip({ a: shared })).toEqual(plain);
  expect(await zip({ a: part })).toEqual(plain);
});

test("a runtime that cannot deflate is told to store", async () => {
  vi.stubGlobal("CompressionStream", undefined);
  const deflating = zip({ a: "a" });
  await expect(deflating).rejects.toThrow('pass level: "store"');
  await expect(zip({ a: "a" }, { level: "store" })).resolves.toBeInstanceOf(Uint8Array);
  vi.unstubAllGlobals();
});

test.each<[string, PackageFiles, string]>([
  ["no files", {}, "files: there are none"],
  ["an empty path", { "": "x" }, '"": it is empty'],
  ["a folder", { "lib/": "" }, '"lib/": one of its names is empty'],
  ["a path out of the package", { "../x": "x" }, '"../x": it leads out of the package'],
  ["a path out of the package further down", { "a/../../x": "x" }, "it leads out"],
  ["an absolute path", { "/etc/passwd": "x" }, "it is absolute"],
  ["a path with a drive", { "C:/x": "x" }, "it is absolute"],
  ["a backslash", { "lib\\x": "x" }, "it has a backslash"],
  ["a dot", { "./x": "x" }, "one of its names is empty or a dot"],
  ["a line break", { "a\nb": "x" }, '"a\\nb": it has a control character'],
  ["half a surrogate pair", { "a\ud800": "x" }, "it has a control character or half a character"],
  ["a path that is there twice", [["a", "1"] as const, ["a", "2"] as const], "a: it is there twice"],
  ["a file that is a folder too", { a: "1", "a/b/c": "2" }, "a/b/c: a is a file"],
  [
    "a decimal mode",
    { a: { content: "", mode: 755 } },
    "a: its mode is 0o1363, not permissions; write 0o755",
  ],
  ["the mode of a stat", { a: { content: "", mode: 0o100644 } }, "a: its mode is 0o100644"],
])("%s cannot be packed", async (_what, wrong, message) => {
  const error = await zip(wrong).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toMatchObject({ message: expect.stringContaining(message) });
});

test("a package over the limit is refused as early as it shows", async () => {
  const seen: number[] = [];
  const large = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`file${at}`, crypto.getRandomValues(new Uint8Array(10_000))]),
  );
  const packing = zip(large, { limit: 30_000, onProgress: (done) => seen.push(done) });
  await expect(packing).rejects.toThrow(/^code: it has \d+ bytes or more, over the limit of 30000$/);
  expect(seen.at(-1)).toBe(30_000);
  await expect(zip(large, { limit: 30_000, level: "store" })).rejects.toThrow("200000 bytes or more");
});

test("a code package is in Base64 what it is in bytes, and at most 50 MB unless said otherwise", async () => {
  const { bytes, base64 } = await createCodePackage({
    "index.py": "def handler(event, context): return 'ok'\n",
  });
  expect(base64).toBe(Buffer.from(bytes).toString("base64"));
  expect(await readCodePackage(base64)).toEqual(await readCodePackage(bytes));
  const tooLarge = { "weights.bin": new Uint8Array(52_428_800) };
  await expect(createCodePackage(tooLarge, { level: "store" })).rejects.toThrow(
    /52428800 \(50 MB, FSS\.1071\); upload it to OBS/,
  );
  expect((await createCodePackage(tooLarge)).bytes.length).toBeLessThan(100_000);
});

function randomFiles(random: Random): Map<string, PackageFile> {
  const folder = (): string => (random.below(2) ? `${random.text("ab", 1, 2)}/` : "");
  const content = (): string =>
    random.text("xy\n", 0, 1).repeat(random.below(100_000)) + random.text("aé😀\u0000", 0, 50);
  return new Map(
    Array.from({ length: 1 + random.below(8) }, () => [
      `${folder()}${folder()}${random.text("cdé-._ ~'", 1, 6)}.txt`,
      { content: content(), mode: random.pick([0o644, 0o755, 0o600]) },
    ]),
  );
}

test("any files come back as they were", async () => {
  await forEachSeed(60, async (random) => {
    const packed = randomFiles(random);
    const unpacked = await readCodePackage(
      (await createCodePackage(packed, { level: random.pick(["deflate", "store"]) })).base64,
    );
    const back = [...unpacked].map(([path, { content, mode }]) => [path, { content: text(content), mode }]);
    expect(new Map(back as [string, PackageFile][])).toEqual(packed);
  });
});
