import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { type RawEnd, type RawEntry, rawZip } from "../../test/support/raw-zip.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { crc32 } from "./crc32.ts";
import { readCodePackage, unzip } from "./index.ts";

const hello = new TextEncoder().encode("hello");

/** A stored file whose checksum is right. */
function stored(name: string | Uint8Array, rest: Omit<RawEntry, "name"> = {}): RawEntry {
  return { name, data: hello, ...rest, fields: { crc: crc32(hello), ...rest.fields } };
}

/** A deflated file, by default an honest one. */
function deflated(name: string, content: Uint8Array, fields: RawEntry["fields"] = {}): RawEntry {
  return {
    name,
    data: deflateRawSync(content),
    fields: { method: 8, crc: crc32(content), size: content.length, ...fields },
  };
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const error = await unzip(bytes).then(
    (files) => new Error(`unpacked ${[...files.keys()]}`),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ValidationError);
  return String(error);
}

test.each<[string, RawEntry[], Partial<RawEnd>, string[]]>([
  ["nothing", [], {}, []],
  ["a plain file", [stored("a")], {}, ["a"]],
  ["a comment at the end", [stored("a")], { comment: "made by hand" }, ["a"]],
  ["a comment that looks like an end", [stored("a")], { comment: "PK\u0005\u0006".padEnd(30, "\0") }, ["a"]],
  ["bytes before the first file", [stored("a")], { before: new TextEncoder().encode("#!/bin/sh\n") }, ["a"]],
  ["folders", [{ name: "lib/" }, stored("lib/a")], {}, ["lib/a"]],
  ["no modes, as from Windows", [stored("a", { fields: { mode: 0 } })], {}, ["a"]],
  [
    "sizes that follow the data",
    [stored("a", { fields: { flags: 8 }, local: { crc: 0, size: 0, compressedSize: 0 } })],
    {},
    ["a"],
  ],
  ["a name in UTF-8 that does not say so", [stored("é")], {}, ["é"]],
  ["the name of every object's prototype", [stored("__proto__")], {}, ["__proto__"]],
])("a ZIP file with %s is read", async (_what, entries, end, want) => {
  const files = await unzip(rawZip(entries, end));
  expect([...files]).toEqual(want.map((name) => [name, { content: hello, mode: 0o644 }]));
});

test("permissions are kept, and nothing but them", async () => {
  const modes = [0o100755, 0o104755, 0o600, 0o100000];
  const files = await unzip(rawZip(modes.map((mode) => stored(`file${mode}`, { fields: { mode } }))));
  expect([...files.values()].map(({ mode }) => mode)).toEqual([0o755, 0o755, 0o600, 0o644]);
});

test.each<[string, RawEntry[], string]>([
  ["a path out of the package", [stored("../a")], "it leads out of the package"],
  ["a path out of the package by a folder", [stored("a/../../b")], "it leads out of the package"],
  ["a folder out of the package", [{ name: "../a/" }], "it leads out of the package"],
  ["an absolute path", [stored("/etc/passwd")], "it is absolute"],
  ["a path with a drive", [stored("c:/a")], "it is absolute"],
  ["a backslash", [stored("..\\a")], "it has a backslash"],
  ["a null in a name", [stored("a\0.js")], "it has a control character"],
  ["an empty name", [stored("")], "it is empty"],
  ["the same name twice", [stored("a"), stored("a")], "a: it is there twice"],
  ["a file that is a folder too", [stored("a"), stored("a/b")], "a/b: a is a file"],
  ["a file that an empty folder replaces", [stored("a"), { name: "a/" }], "a/: a is a file"],
  ["a name that is not UTF-8", [stored(Uint8Array.of(0xff, 0xfe))], "is not UTF-8; pack it again"],
  ["a link", [stored("a", { fields: { mode: 0o120777 } })], "a: it is a link"],
  ["a device", [stored("a", { fields: { mode: 0o060666 } })], "a: it is neither a file nor a folder"],
  [
    "a file that says it is a folder",
    [stored("a", { fields: { mode: 0o040755 } })],
    "a: it is neither a file nor a folder",
  ],
  ["a folder with content", [stored("a/")], "a/: it is a folder with content"],
  ["encryption", [stored("a", { fields: { flags: 1 } })], "a: it is encrypted"],
  ["a method other than deflate", [stored("a", { fields: { method: 14 } })], "a: its compression method 14"],
  ["sizes of ZIP64", [stored("a", { fields: { size: 0xffff_ffff } })], "a: it needs ZIP64"],
  [
    "another name in the local header",
    [stored("a", { local: { name: "b" } })],
    "a: its header and the directory differ",
  ],
  [
    "another method in the local header",
    [stored("a", { local: { method: 8 } })],
    "a: its header and the directory differ",
  ],
  [
    "another size in the local header",
    [stored("a", { local: { size: 4 } })],
    "a: its header and the directory differ",
  ],
  [
    "a file that is not where it should be",
    [stored("a", { fields: { offset: 3 } })],
    "a: it is not where the directory says",
  ],
  [
    "a file beyond the end",
    [stored("a", { fields: { offset: 4000 } })],
    "a: it is not where the directory says",
  ],
  ["data beyond the end", [stored("a", { fields: { compressedSize: 4000 } })], "a: its data are cut"],
  [
    "two files in one place",
    [stored("a"), stored("a", { fields: { offset: 0 } })],
    "a: it lies inside of another file",
  ],
  ["a wrong checksum", [stored("a", { fields: { crc: 1 } })], "a: its checksum is wrong"],
  [
    "more stored data than it says",
    [stored("a", { fields: { size: 4 } })],
    "a: it holds more than the 4 bytes it says",
  ],
  [
    "less stored data than it says",
    [stored("a", { fields: { size: 6 } })],
    "a: it holds 5 bytes of the 6 it says",
  ],
  [
    "more deflated data than it says",
    [deflated("a", hello, { size: 4 })],
    "a: it holds more than the 4 bytes it says",
  ],
  [
    "less deflated data than it says",
    [deflated("a", hello, { size: 6 })],
    "a: it holds 5 bytes of the 6 it says",
  ],
  ["deflated data that are none", [stored("a", { fields: { method: 8 } })], "a: its data cannot be inflated"],
  [
    "deflated data that are cut",
    [deflated("a", hello, { compressedSize: 3 })],
    "a: its data cannot be inflated",
  ],
])("a ZIP file with %s is refused", async (_what, entries, message) => {
  expect(await refusal(rawZip(entries))).toContain(message);
});

test.each<[string, Uint8Array, string]>([
  ["no bytes", new Uint8Array(), "zip: it is not a ZIP file"],
  [
    "source text",
    new TextEncoder().encode("def handler(event, context):\n    return 1\n"),
    "inline code may be plain source",
  ],
  ["a file that is cut", rawZip([stored("a")]).subarray(0, 60), "zip: its end is missing; the file is cut"],
  ["bytes after the end", new Uint8Array([...rawZip([stored("a")]), 0]), "zip: its end is missing"],
  ["one of several parts", rawZip([stored("a")], { disk: 1 }), "zip: it is one of several parts"],
  ["an end of ZIP64", rawZip([stored("a")], { count: 0xffff }), "zip: it needs ZIP64"],
  [
    "fewer files than it counts",
    rawZip([stored("a")], { count: 2 }),
    "zip: its directory ends after 1 of 2 files",
  ],
  [
    "more files than it counts",
    rawZip([stored("a"), stored("b")], { count: 1 }),
    "zip: its directory holds more than the 1 files",
  ],
  [
    "a directory beyond its end",
    rawZip([stored("a")], { offset: 4000 }),
    "zip: its directory is not where its end says",
  ],
  ["a directory that is cut", rawZip([stored("a")], { size: 46 }), "zip: a name in its directory is cut"],
])("%s is refused", async (_what, bytes, message) => {
  expect(await refusal(bytes)).toContain(message);
});

test("text that is not Base64 is refused", async () => {
  await expect(readCodePackage("not base64!")).rejects.toThrow("code: it is not Base64");
});
