import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tryAdapter } from "../../../test/support/try-function.ts";
import { createGoAdapter } from "./go-adapter.ts";
import { whyNotRunnable } from "./go-program.ts";

const linux = { platform: "linux", processor: "x64" };

function elf(machine: number): Buffer {
  const header = Buffer.alloc(64);
  header.write("\x7fELF\x02\x01", "latin1");
  header.writeUInt16LE(machine, 18);
  return header;
}

describe("the program of a Go function", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "functiongraph-go-program-"));
    const files: Record<string, Buffer> = {
      amd64: elf(62),
      arm64: elf(183),
      script: Buffer.from("#!/bin/sh\n"),
      "hello.exe": Buffer.from("MZ\x90\0"),
      mac: Buffer.from("cffaedfe07000001", "hex"),
      library: Buffer.from("!<arch>\n"),
      plain: elf(62),
      text: Buffer.from("package main\n"),
      empty: Buffer.alloc(0),
    };
    for (const [name, bytes] of Object.entries(files))
      await writeFile(join(folder, name), bytes, { mode: 0o755 });
    await chmod(join(folder, "plain"), 0o644);
    await mkdir(join(folder, "build"));
    await writeFile(join(folder, "build", "deep"), "", { mode: 0o755 });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ["amd64", "linux"],
    ["script", "linux"],
    ["mac", "darwin"],
  ])("may be '%s' on %s", async (handler, platform) => {
    expect(await whyNotRunnable(folder, handler, { ...linux, platform })).toBeUndefined();
  });

  it.each<[string, string, string]>([
    [
      "arm64",
      "linux",
      "arm64 is a program for arm64, and this machine is amd64: build it with GOOS=linux GOARCH=amd64",
    ],
    ["amd64", "darwin", "amd64 is a program for Linux, which does not run here"],
    ["hello.exe", "linux", "hello.exe is a program for Windows"],
    ["mac", "linux", "mac is a program for macOS"],
    ["library", "linux", "library is a library of Go and no program"],
    [
      "text",
      "linux",
      "text is no program: build it with GOOS=linux GOARCH=amd64, and pack what go build has made",
    ],
    ["text", "darwin", "text is no program: build it with GOOS=darwin GOARCH=amd64"],
    ["empty", "linux", "empty is empty: build it with GOOS=linux GOARCH=amd64, and pack"],
    ["plain", "linux", "plain is not executable: run chmod +x plain before packing."],
    ["deep", "linux", "It has build/deep: pack the content of build, not the folder itself."],
    [
      "none",
      "linux",
      "the package has no executable none in its root, which the handler names; its root has ",
    ],
    ["build", "linux", "the package has no executable build in its root"],
    ["../amd64", "linux", "the package has no executable ../amd64 in its root"],
  ])("is not '%s' on %s", async (handler, platform, why) => {
    expect(await whyNotRunnable(folder, handler, { ...linux, platform })).toContain(why);
  });

  it("is refused with a reason where it is missing, as is a plugin", async () => {
    const bench = await tryAdapter(createGoAdapter);
    try {
      expect(await bench.adapter.check("Go1.x")).toMatchObject({ available: true });
      expect(["Go1.x", "Go1.8", "Custom"].map((runtime) => bench.adapter.serves(runtime))).toEqual([
        true,
        true,
        false,
      ]);
      const worker = await bench.start({ "plugin.so": "" }, { runtime: "Go1.x", handler: "plugin.Handler" });
      await expect(worker.initialize()).rejects.toMatchObject({
        code: 4001,
        message: expect.stringContaining("It has the plugin plugin.so"),
      });
    } finally {
      await bench.close();
    }
  });
});
