import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasCommand, run, withFile, withFolder } from "../../test/support/outside-tools.ts";
import { type PackageFiles, unzip, zip } from "./index.ts";

const files = {
  "empty.txt": "",
  "index.js": "exports.handler = async () => 'grüße';\n".repeat(50),
  "lib/random.bin": crypto.getRandomValues(new Uint8Array(50_000)),
  "lib/函数.json": "{}",
  bootstrap: { content: "#!/bin/sh\nexec ./main\n", mode: 0o755 },
} satisfies PackageFiles;

describe.each(["deflate", "store"] as const)("with level %s", (level) => {
  test.skipIf(!hasCommand("unzip"))(
    "unzip finds no fault and restores names, content and executable bits",
    async () => {
      await withFile("code.zip", await zip(files, { level }), (file, folder) => {
        expect(run("unzip", "-t", file)).toContain("No errors detected");
        run("unzip", "-q", file, "-d", folder);
        expect(statSync(join(folder, "bootstrap")).mode & 0o777).toBe(0o755);
        expect(statSync(join(folder, "index.js")).mode & 0o777).toBe(0o644);
        expect(statSync(join(folder, "lib", "random.bin")).size).toBe(50_000);
      });
    },
  );

  test.skipIf(!hasCommand("python3"))("Python's zipfile reads it", async () => {
    const script =
      "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), ascii(z.namelist()))";
    await withFile("code.zip", await zip(files, { level }), (file) => {
      const names = "['bootstrap', 'empty.txt', 'index.js', 'lib/random.bin', 'lib/\\u51fd\\u6570.json']";
      expect(run("python3", "-c", script, file).trim()).toBe(`None ${names}`);
    });
  });
});

test.skipIf(!hasCommand("python3"))(
  "what Python packs is read, folders and data descriptors included",
  async () => {
    const script = `
import sys, zipfile
z = zipfile.ZipFile(open(1, "wb", closefd=False), "w", zipfile.ZIP_DEFLATED)
z.writestr("lib/", "")
z.writestr("lib/é.txt", "x" * 100000)
z.close()`;
    await withFolder(async (folder) => {
      const file = join(folder, "pack.py");
      writeFileSync(file, script);
      const bytes = Buffer.from(run("sh", "-c", `python3 '${file}' | base64`), "base64");
      const unpacked = await unzip(bytes);
      expect([...unpacked.keys()]).toEqual(["lib/é.txt"]);
      expect(new TextDecoder().decode(unpacked.get("lib/é.txt")?.content)).toBe("x".repeat(100_000));
    });
  },
);
