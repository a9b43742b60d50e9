import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { hasCommand, run, withFolder } from "../../test/support/outside-tools.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { readCodePackage, zip } from "../zip/index.ts";
import { type PackFolderOptions, packFolder } from "./pack-folder.ts";

/** Writes files into a folder; what ends with `*` is executable. */
function fill(folder: string, ...paths: string[]): void {
  for (const path of paths) {
    const file = join(folder, path.replace("*", ""));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, path);
    chmodSync(file, path.endsWith("*") ? 0o775 : 0o600);
  }
}

async function packed(folder: string, ignore?: PackFolderOptions["ignore"]): Promise<Record<string, string>> {
  const files = await readCodePackage((await packFolder(folder, { ignore })).base64);
  return Object.fromEntries([...files].map(([path, { mode }]) => [path, mode.toString(8)]));
}

test("all files are packed but those of git and the Finder, with executable bits and nothing else of the modes", async () => {
  await withFolder(async (folder) => {
    fill(folder, "index.js", "bin/run*", "lib/a/b.json", ".env", ".git/config", "lib/.DS_Store");
    expect(await packed(folder)).toEqual({
      ".env": "644",
      "bin/run": "755",
      "index.js": "644",
      "lib/a/b.json": "644",
    });
  });
});

test("a folder gives the bytes that its files give", async () => {
  await withFolder(async (folder) => {
    fill(folder, "index.js", "bootstrap*");
    const { bytes } = await packFolder(folder);
    expect(bytes).toEqual(
      await zip({ bootstrap: { content: "bootstrap*", mode: 0o755 }, "index.js": "index.js" }),
    );
  });
});

test.each<[string, PackFolderOptions["ignore"], string[]]>([
  ["nothing", [], [".git/x", "a/test/y", "dist/b", "lib/dist/c", "test/x"]],
  ["a name, wherever it is", ["test"], [".git/x", "dist/b", "lib/dist/c"]],
  ["a path, only there", ["lib/dist"], [".git/x", "a/test/y", "dist/b", "test/x"]],
  ["a name at the top", ["./dist"], [".git/x", "a/test/y", "lib/dist/c", "test/x"]],
  ["the same with a slash before and behind", ["/dist/"], [".git/x", "a/test/y", "lib/dist/c", "test/x"]],
  ["what a function says", (path) => path.length > 6, [".git/x", "dist/b", "test/x"]],
  ["no part of a name", ["est", "b"], [".git/x", "a/test/y", "lib/dist/c", "test/x"]],
])("ignored is %s", async (_what, ignore, want) => {
  await withFolder(async (folder) => {
    fill(folder, "test/x", "a/test/y", "dist/b", "lib/dist/c", ".git/x");
    expect(Object.keys(await packed(folder, ignore))).toEqual(want);
  });
});

test("a link inside of the folder is passed over and named", async () => {
  await withFolder(async (folder) => {
    fill(folder, "lib/a");
    symlinkSync("lib/a", join(folder, "link"));
    symlinkSync("../lib", join(folder, "lib", "round"));
    symlinkSync("nowhere", join(folder, "broken"));
    const { bytes, skippedLinks } = await packFolder(folder);
    expect([...(await readCodePackage(bytes)).keys()]).toEqual(["lib/a"]);
    expect([...skippedLinks].sort()).toEqual(["broken", "lib/round", "link"]);
  });
});

test.each([
  ["to a file outside", "../secret"],
  ["to an absolute path", "/etc/hostname"],
  ["to the folder around", ".."],
  ["to nothing outside", "../nowhere"],
  ["to a folder beside with the same beginning", "../codex"],
  ["to the outside by way of another link", "inner/way"],
])("a link %s is refused unless it is ignored", async (_what, target) => {
  await withFolder(async (outside) => {
    const folder = join(outside, "code");
    fill(outside, "secret", "codex", "code/index.js", "code/inner/x");
    symlinkSync("../../secret", join(folder, "inner", "way"));
    symlinkSync(target, join(folder, "link"));
    const error = await packFolder(folder, { ignore: ["way"] }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ValidationError);
    expect(String(error)).toContain(`link: it is a link out of the folder, to ${target}`);
    expect(Object.keys(await packed(folder, ["way", "link"]))).toEqual(["index.js", "inner/x"]);
  });
});

test("the folder itself may be reached by a link", async () => {
  await withFolder(async (outside) => {
    fill(outside, "code/index.js");
    symlinkSync("code", join(outside, "link"));
    expect(Object.keys(await packed(join(outside, "link")))).toEqual(["index.js"]);
  });
});

test.skipIf(!hasCommand("mkfifo"))(
  "what is neither a file nor a folder is refused instead of waited for",
  async () => {
    await withFolder(async (folder) => {
      fill(folder, "index.js");
      run("mkfifo", join(folder, "pipe"));
      await expect(packFolder(folder)).rejects.toThrow("pipe: it is neither a file nor a folder");
    });
  },
);

test("a file in place of the folder, and an empty folder, are refused", async () => {
  await withFolder(async (folder) => {
    await expect(packFolder(folder)).rejects.toThrow("files: there are none");
    fill(folder, "index.js");
    await expect(packFolder(join(folder, "index.js"))).rejects.toThrow(
      "is a file; name the folder that it is in",
    );
    await expect(packFolder(join(folder, "missing"))).rejects.toThrow("ENOENT");
  });
});

test("a folder over the limit is refused", async () => {
  await withFolder(async (folder) => {
    fill(folder, "index.js");
    await expect(packFolder(folder, { limit: 10 })).rejects.toThrow("over the limit of 10");
  });
});
