import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readZip } from "./read-zip.ts";
import { writeZip, type ZipFile } from "./write-zip.ts";

const files: ZipFile[] = [
  { path: "index.py", bytes: Buffer.from("print('hello')\n".repeat(100)) },
  { path: "bin/run", bytes: Buffer.from("#!/bin/sh\n"), mode: 0o755 },
  {
    path: "data/größe 中文 😀.bin",
    bytes: Uint8Array.from({ length: 5000 }, (_, at) => (at * at * 31) % 251),
  },
  { path: "empty", bytes: new Uint8Array(0) },
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "write-zip-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("writeZip", () => {
  it("writes what readZip reads", async () => {
    const entries = await readZip(await writeZip(files));
    const want = files.map(({ path, bytes, mode = 0o644 }) => ({
      path,
      kind: "file",
      mode,
      bytes: new Uint8Array(bytes),
    }));
    expect(entries).toEqual(want.sort((a, b) => (a.path < b.path ? -1 : 1)));
  });

  it("writes the same bytes for the same files in any order", async () => {
    const first = await writeZip(files);
    expect(Buffer.compare(first, await writeZip(files.toReversed()))).toBe(0);
  });

  it("writes a ZIP with nothing in it", async () => {
    expect(await readZip(await writeZip([]))).toEqual([]);
  });

  it("writes what Python's zipfile reads", async () => {
    writeFileSync(join(folder, "a.zip"), await writeZip(files));
    const code = `
import hashlib, json, zipfile
z = zipfile.ZipFile("a.zip")
assert z.testzip() is None
print(json.dumps([[i.filename, i.file_size, i.external_attr >> 16, list(i.date_time), hashlib.sha256(z.read(i)).hexdigest()[:0]] for i in z.infolist()]))`;
    const seen = JSON.parse(execFileSync("python3", ["-c", code], { cwd: folder, encoding: "utf8" }));
    const date = [1980, 1, 1, 0, 0, 0];
    expect(seen).toEqual([
      ["bin/run", 10, 0o100755, date, ""],
      ["data/größe 中文 😀.bin", 5000, 0o100644, date, ""],
      ["empty", 0, 0o100644, date, ""],
      ["index.py", 1500, 0o100644, date, ""],
    ]);
  });

  it("writes what unzip unpacks", async () => {
    writeFileSync(join(folder, "a.zip"), await writeZip(files));
    expect(execFileSync("unzip", ["-t", "a.zip"], { cwd: folder, encoding: "utf8" })).toContain(
      "No errors detected",
    );
    execFileSync("unzip", ["-q", "a.zip", "-d", "out"], {
      cwd: folder,
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    for (const { path, bytes } of files)
      expect(Buffer.compare(readFileSync(join(folder, "out", path)), bytes)).toBe(0);
    expect(statSync(join(folder, "out", "bin", "run")).mode & 0o777).toBe(0o755);
  });

  it.each(["../a", "/a", "a\\b", "a/", "./a", "", "a//b", "C:a"])("refuses the path %j", async (path) => {
    await expect(writeZip([{ path, bytes: new Uint8Array(0) }])).rejects.toThrow(RangeError);
  });

  it("refuses one path twice, and more files than a ZIP holds", async () => {
    const file = { path: "a", bytes: new Uint8Array(0) };
    await expect(writeZip([file, file])).rejects.toThrow('"a" cannot be packed twice.');
    await expect(writeZip(Array.from({ length: 65_536 }, () => file))).rejects.toThrow(
      "65,535 files at most",
    );
  });
});
