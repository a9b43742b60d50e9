import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { SeededRng } from "../core/seeded-rng.ts";
import { ServiceError } from "../core/service-error.ts";
import { checkZip } from "./check-zip.ts";
import { readZip } from "./read-zip.ts";
import { writeZip } from "./write-zip.ts";
import type { ZipFaultKind } from "./zip-fault.ts";
import type { ZipOptions } from "./zip-options.ts";

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

/** An entry as its fields lie in a ZIP; what is left out is as it should be. */
interface Made {
  readonly name: string | Buffer;
  readonly text?: string | Buffer;
  readonly stored?: boolean;
  readonly packed?: Buffer;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly packedSize?: number;
  /** Unix mode with its file type. */
  readonly mode?: number;
  /** 3 is Unix, 0 is DOS. */
  readonly system?: number;
  readonly localName?: string;
  readonly at?: number;
  readonly extra?: Buffer;
}

/** Makes a ZIP by hand, so that it can lie. */
function zipOf(entries: readonly Made[], { count = entries.length, comment = "" } = {}): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const made of entries) {
    const { stored = false, mode = 0o100644, system = 3, flags = 0x0800, extra = Buffer.alloc(0) } = made;
    const name = Buffer.from(made.name as string);
    const bytes = Buffer.from((made.text ?? "") as string);
    const packed = made.packed ?? (stored ? bytes : deflateRawSync(bytes));
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(made.method ?? (stored ? 0 : 8), 4);
    shared.writeUInt32LE(made.crc ?? crc32(bytes), 10);
    shared.writeUInt32LE(made.packedSize ?? packed.length, 14);
    shared.writeUInt32LE(made.size ?? bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);
    shared.writeUInt16LE(extra.length, 24);
    const localName = Buffer.from(made.localName ?? name);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), shared, localName, extra, packed]);
    local.writeUInt16LE(localName.length, 26);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(made.at ?? offset, 10);
    directory.push(
      Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.of(20, system), shared, tail, name, extra]),
    );
    pieces.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...pieces, index, end, Buffer.from(comment)]);
}

describe("readZip", () => {
  it("reads files, folders and links with their modes", async () => {
    const entries = await readZip(
      zipOf([
        { name: "index.py", text: "print(1)" },
        { name: "stored.txt", text: "as it is", stored: true },
        { name: "bin/run", text: "#!/bin/sh", mode: 0o104755 },
        { name: "lib/", mode: 0o040755 },
        { name: "lib/latest", text: "../bin/run", mode: 0o120777 },
        { name: "empty", text: "" },
      ]),
    );
    expect(entries.map(({ bytes, ...rest }) => ({ ...rest, text: text(bytes) }))).toEqual([
      { path: "index.py", kind: "file", mode: 0o644, text: "print(1)" },
      { path: "stored.txt", kind: "file", mode: 0o644, text: "as it is" },
      { path: "bin/run", kind: "file", mode: 0o755, text: "#!/bin/sh" },
      { path: "lib", kind: "folder", mode: 0o755, text: "" },
      { path: "lib/latest", kind: "link", mode: 0o777, text: "../bin/run" },
      { path: "empty", kind: "file", mode: 0o644, text: "" },
    ]);
  });

  it("reads a ZIP with nothing in it, and one with a comment", async () => {
    expect(await readZip(zipOf([]))).toEqual([]);
    expect(await readZip(zipOf([{ name: "a" }], { comment: "hello" }))).toHaveLength(1);
  });

  it("reads names in UTF-8, in the old code page, and those that other programs write in their own ways", async () => {
    const names = [
      { name: "中文/😀.py" },
      { name: "größe", flags: 0 },
      { name: Buffer.from([0x81, 0x2e, 0x74]), flags: 0 },
      { name: "é", flags: 0, system: 0, mode: 0 },
      { name: "./dotted/./x" },
      { name: "double//slash" },
      { name: "a..b/...c/..d" },
      { name: "from-windows", system: 0, mode: 0 },
    ];
    const paths = (await readZip(zipOf(names))).map(({ path }) => path);
    expect(paths).toEqual([
      "中文/😀.py",
      "größe",
      "ü.t",
      "├⌐",
      "dotted/x",
      "double/slash",
      "a..b/...c/..d",
      "from-windows",
    ]);
  });

  it("takes the later of two files with one path", async () => {
    const entries = await readZip(
      zipOf([{ name: "a", text: "old" }, { name: "b" }, { name: "./a", text: "new" }]),
    );
    expect(entries.map(({ path, bytes }) => [path, text(bytes)])).toEqual([
      ["a", "new"],
      ["b", ""],
    ]);
  });

  it("reads bytes that are part of a larger buffer", async () => {
    const zip = zipOf([{ name: "a", text: "x".repeat(300_000) }]);
    const larger = Buffer.concat([Buffer.alloc(13, 1), zip, Buffer.alloc(7, 1)]);
    expect((await readZip(larger.subarray(13, 13 + zip.length)))[0]?.bytes).toHaveLength(300_000);
  });

  it("reads a ZIP with a program before it and bytes behind it", async () => {
    const zip = zipOf([{ name: "a", text: "x".repeat(100) }, { name: "b" }], { comment: "hello" });
    const want = await readZip(zip);
    const program = `#!/bin/sh\necho ${"x".repeat(70_000)}\n`;
    for (const bytes of [behind(program, zip), Buffer.concat([zip, Buffer.from("more")]), behind("PK", zip)])
      expect(await readZip(bytes)).toEqual(want);
    expect(await readZip(Buffer.concat([behind(program, zip), Buffer.alloc(60_000)]))).toEqual(want);
    expect(await readZip(behind(program, zipOf([])))).toEqual([]);
  });

  it("reads the last ZIP of two", async () => {
    const [first, second] = [zipOf([{ name: "a" }]), zipOf([{ name: "b", text: "second" }, { name: "c" }])];
    const paths = (await readZip(Buffer.concat([first, second]))).map(({ path }) => path);
    expect(paths).toEqual(["b", "c"]);
  });

  it("reads what Python's zipapp and `cat` make", async () => {
    const folder = mkdtempSync(join(tmpdir(), "read-zip-"));
    try {
      const code = `
import os, zipapp
os.mkdir("app")
open("app/__main__.py", "w").write("print(1)")
zipapp.create_archive("app", "app.pyz", interpreter="/usr/bin/env python3")
zipapp.create_archive("app", "plain.pyz")
open("cat.pyz", "wb").write(b"#!/usr/bin/env python3\\n" + open("plain.pyz", "rb").read())`;
      execFileSync("python3", ["-c", code], { cwd: folder });
      for (const name of ["app.pyz", "plain.pyz", "cat.pyz"]) {
        const [entry] = await readZip(readFileSync(join(folder, name)));
        expect([entry?.path, text(entry?.bytes)]).toEqual(["__main__.py", "print(1)"]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("reads what Python's zipfile writes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "read-zip-"));
    try {
      const code = `
import zipfile
with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.mkdir("lib") if hasattr(z, "mkdir") else z.writestr("lib/", "")
    z.writestr("lib/größe.txt", "y" * 200000)
    run = zipfile.ZipInfo("run")
    run.external_attr = 0o100755 << 16
    z.writestr(run, "#!/bin/sh")
    with z.open("streamed", "w", force_zip64=True) as f: f.write(b"z" * 10)`;
      execFileSync("python3", ["-c", code], { cwd: folder });
      const entries = await readZip(readFileSync(join(folder, "a.zip")));
      expect(entries.map(({ path, kind, mode, bytes }) => [path, kind, mode & 0o700, bytes.length])).toEqual([
        ["lib", "folder", 0o700, 0],
        ["lib/größe.txt", "file", 0o600, 200_000],
        ["run", "file", 0o700, 9],
        ["streamed", "file", 0o600, 10],
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const link = (name: string, target: string): Made => ({ name, text: target, mode: 0o120777 });
const zeros = (size: number): Made => ({ name: "zeros", text: Buffer.alloc(size) });
const truncated = (zip: Buffer, by: number): Buffer => zip.subarray(0, zip.length - by);
const behind = (program: string, zip: Buffer): Buffer => Buffer.concat([Buffer.from(program), zip]);
const small = { limits: { entries: 3, unpacked: 1000 } };

const refused: [string, ZipFaultKind, Uint8Array, ZipOptions?][] = [
  ["no bytes", "no-zip", Buffer.alloc(0)],
  ["a text", "no-zip", Buffer.from("print('hello')")],
  ["the start of a ZIP", "no-zip", truncated(zipOf([{ name: "a", text: "x" }]), 5)],
  ["a ZIP whose comment is cut off", "no-zip", truncated(zipOf([{ name: "a" }], { comment: "hello" }), 2)],
  ["a ZIP far before the end", "no-zip", Buffer.concat([zipOf([{ name: "a" }]), Buffer.alloc(66 * 1024)])],
  ["a path that leads outside behind a program", "path", behind("#!/bin/sh\n", zipOf([{ name: "../evil" }]))],
  [
    "files that lie over each other behind a program",
    "damaged",
    behind("#!/bin/sh\n", zipOf([{ name: "a" }, { name: "a", at: 0 }])),
  ],
  [
    "a file elsewhere than it says behind a program",
    "damaged",
    behind("#!/bin/sh\n", zipOf([{ name: "a", at: 3 }])),
  ],
  ["a ZIP that lacks its beginning", "damaged", zipOf([{ name: "a", text: "xyz" }]).subarray(3)],
  ["a path that leads outside", "path", zipOf([{ name: "../evil" }])],
  ["a path that leads outside on a detour", "path", zipOf([{ name: "a/b/../../../evil" }])],
  ["a path that leads outside and in again", "path", zipOf([{ name: "a/../b" }])],
  ["an absolute path", "path", zipOf([{ name: "/etc/passwd" }])],
  ["a path with a drive", "path", zipOf([{ name: "C:evil" }])],
  ["a path with backslashes", "path", zipOf([{ name: "..\\evil" }])],
  ["a path with a NUL", "path", zipOf([{ name: "a\0.py" }])],
  ["an empty path", "path", zipOf([{ name: "" }])],
  ["a file without a name", "path", zipOf([{ name: "." }])],
  ["a path that is too long", "path", zipOf([{ name: "a/".repeat(2100) }])],
  ["a name that is too long", "path", zipOf([{ name: "é".repeat(128) }])],
  [
    "a path that leads outside by its second name",
    "path",
    zipOf([{ name: "a", extra: unicodePath("a", "../evil") }]),
  ],
  ["a file inside a file", "path", zipOf([{ name: "a" }, { name: "a/b" }])],
  ["a file inside a file, the other way round", "path", zipOf([{ name: "a/b" }, { name: "a" }])],
  ["a file inside a link", "path", zipOf([link("a", "b"), { name: "a/c" }])],
  ["a file and a folder of one name", "path", zipOf([{ name: "a" }, { name: "a/", mode: 0o040755 }])],
  ["a file and a link of one name", "path", zipOf([link("a", "b"), { name: "a" }])],
  ["a link to an absolute path", "link", zipOf([link("a", "/etc/passwd")])],
  ["a link that leads outside", "link", zipOf([link("a", "../b")])],
  ["a link in a folder that leads outside", "link", zipOf([link("a/b", "../../c")])],
  ["a link that leads outside over another", "link", zipOf([link("here", "."), link("a", "here/../x")])],
  ["a link to nothing", "link", zipOf([link("a", "")])],
  ["a link with a NUL", "link", zipOf([link("a", "b\0c")])],
  ["a link with backslashes", "link", zipOf([link("a", "..\\b")])],
  ["a very long link", "link", zipOf([link("a", "b".repeat(5000))])],
  ["a link with the name of a folder", "link", zipOf([link("a/", "b")])],
  ["a device", "link", zipOf([{ name: "a", mode: 0o060644 }])],
  ["a pipe", "link", zipOf([{ name: "a", mode: 0o010644 }])],
  ["an encrypted file", "encrypted", zipOf([{ name: "a", text: "x", flags: 0x0801 }])],
  ["a strongly encrypted file", "damaged", zipOf([{ name: "a", text: "x", flags: 0x0841 }])],
  ["another way to compress", "unsupported", zipOf([{ name: "a", text: "x", method: 12 }])],
  ["a wrong checksum", "damaged", zipOf([{ name: "a", text: "x", crc: 1 }])],
  ["a wrong checksum of a large file", "damaged", zipOf([{ ...zeros(200_000), crc: 1 }])],
  ["fewer bytes than it says", "damaged", zipOf([{ name: "a", text: "x", size: 2 }])],
  ["more bytes than it says", "damaged", zipOf([{ name: "a", text: "xyz", size: 2 }])],
  ["more bytes than none", "damaged", zipOf([{ name: "a", text: "xyz", size: 0 }])],
  ["many more bytes than it says", "damaged", zipOf([{ ...zeros(5_000_000), size: 70_000 }])],
  ["stored bytes of another size", "damaged", zipOf([{ name: "a", text: "xyz", stored: true, size: 2 }])],
  ["a folder with contents", "damaged", zipOf([{ name: "a/", text: "xyz", mode: 0o040755 }])],
  [
    "bytes that are not deflated",
    "damaged",
    zipOf([{ name: "a", text: "x", packed: Buffer.alloc(10, 0xff) }]),
  ],
  [
    "many bytes that are not deflated",
    "damaged",
    zipOf([{ ...zeros(100_000), packed: Buffer.alloc(100_000, 0xff) }]),
  ],
  [
    "deflated bytes cut off",
    "damaged",
    zipOf([{ ...zeros(200_000), packed: deflateRawSync(Buffer.alloc(200_000)).subarray(0, 50) }]),
  ],
  ["packed bytes beyond the end", "damaged", zipOf([{ name: "a", text: "x", packedSize: 1_000_000 }])],
  ["a file elsewhere than it says", "damaged", zipOf([{ name: "a", text: "x", at: 7 }])],
  ["a file far elsewhere", "damaged", zipOf([{ name: "a", text: "x", at: 0xfffffff0 }])],
  ["two names for one file", "damaged", zipOf([{ name: "good.py", localName: "evil.py" }])],
  [
    "one file's bytes twice",
    "damaged",
    zipOf([
      { name: "a", text: "x" },
      { name: "a", text: "x", at: 0 },
    ]),
  ],
  ["more files than it says", "damaged", zipOf([{ name: "a" }, { name: "b" }], { count: 1 })],
  ["fewer files than it says", "damaged", zipOf([{ name: "a" }, { name: "b" }], { count: 3 })],
  ["more files than allowed", "count", zipOf(["a", "b", "c", "d"].map((name) => ({ name }))), small],
  [
    "more bytes than allowed",
    "size",
    zipOf([
      { name: "a", text: "x".repeat(600) },
      { name: "b", text: "x".repeat(600) },
    ]),
    small,
  ],
  ["a bomb", "size", zipOf([zeros(20_000_000)])],
  ["a bomb that says it is none", "damaged", zipOf([{ ...zeros(20_000_000), size: 1000 }])],
];

/** A field that gives a file's name in UTF-8 beside an older spelling. */
function unicodePath(name: string, unicode: string): Buffer {
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + unicode.length, 2);
  field[4] = 1;
  field.writeUInt32LE(crc32(name), 5);
  return Buffer.concat([field, Buffer.from(unicode)]);
}

describe.each([
  ["readZip", readZip],
  ["checkZip", checkZip],
])("%s", (_, read) => {
  it.each(refused)("refuses %s (%s)", async (_, kind, bytes, options) => {
    await expect(read(bytes, options)).rejects.toMatchObject({ name: "ZipError", kind });
  });

  it.each([
    ["a", "b"],
    ["a", "b/c"],
    ["x/y/a", "../../b/c"],
    ["x/a", ".."],
    ["a", "missing"],
    ["a", "a"],
    ["a", "./b//c/"],
    ["a", "..b/c.."],
  ])("takes the link %s to %s", async (name, target) => {
    await read(zipOf([link(name, target)]));
  });

  it("refuses in the words of the service where it is given them", async () => {
    const refuse: ZipOptions["refuse"] = ({ message }) => new ServiceError("FSS.1011", `zip: ${message}`);
    await expect(read(Buffer.from("no"), { refuse })).rejects.toMatchObject({
      code: "FSS.1011",
      message: "zip: not a valid zip file",
    });
    await expect(read(zipOf([{ name: "../\u0007evil" }]), { refuse })).rejects.toMatchObject({
      code: "FSS.1011",
      message: 'zip: path that leads outside: "../\\u0007evil"',
    });
  });

  it("takes what is exactly as much as allowed", async () => {
    await read(
      zipOf([{ name: "a", text: "x".repeat(500) }, { name: "b", text: "x".repeat(500) }, { name: "c" }]),
      small,
    );
  });

  it("survives any damage: it refuses, or what it takes is what was packed", async () => {
    const sound = zipOf([
      { name: "a.txt", text: "hello ".repeat(20) },
      { name: "lib/b.bin", text: Buffer.alloc(200_000, 7) },
      { name: "c", text: "stored", stored: true },
      link("d", "a.txt"),
    ]);
    const rng = new SeededRng("zip");
    const below = (end: number): number => Math.floor(rng.next() * end);
    for (let round = 0; round < 400; round += 1) {
      const bytes = Buffer.from(sound);
      for (let times = 0; times <= round % 4; times += 1) bytes[below(bytes.length)] = below(256);
      const cut = round % 5 ? bytes : bytes.subarray(below(bytes.length));
      await read(cut).catch((error: Error) => expect(error.name).toBe("ZipError"));
    }
  });
});

describe("checkZip", () => {
  it("tells what is inside", async () => {
    const zip = zipOf([
      { name: "a", text: "abc" },
      { name: "b/", mode: 0o040755 },
      { name: "b/c", text: "de" },
    ]);
    expect(await checkZip(zip)).toEqual({ paths: ["a", "b/c"], unpacked: 5 });
  });

  it("keeps nothing of what it unpacks", async () => {
    const zip = zipOf([zeros(200_000_000)]);
    const before = process.memoryUsage().rss;
    await checkZip(zip, { limits: { ratio: 2000 } });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it("lets others have their turn meanwhile", async () => {
    const zip = await writeZip(
      Array.from({ length: 3000 }, (_, at) => ({ path: `f/${at}`, bytes: Buffer.alloc(2000, at) })),
    );
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 0);
    await checkZip(zip);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(0);
  });
});
