import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { foundJava } from "../../../test/support/java-functions.ts";
import { compileRunner } from "./compile-runner.ts";
import { userCacheFolder } from "./user-cache.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "java-runner-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A compiler that makes a file of what it is told, and counts how often. */
function countingCompiler(): { readonly program: string; count(): number } {
  const program = join(folder, "javac");
  const log = join(folder, "log");
  writeFileSync(log, "");
  const script = `#!/bin/sh\necho >> '${log}'\nwhile [ $# -gt 0 ]; do [ "$1" = -d ] && echo class > "$2/A.class"; shift; done\n`;
  writeFileSync(program, script, { mode: 0o755 });
  return { program, count: () => readFileSync(log, "utf8").length };
}

describe("The compiled Java runner", () => {
  it("is kept from start to start, for each Java", async () => {
    const { program, count } = countingCompiler();
    const own = join(folder, "cache");
    const compile = (major: number): Promise<string> =>
      compileRunner({ compiler: program, major, cacheFolders: [own] });
    const [first, again] = [await compile(17), await compile(17)];
    expect([again, count()]).toEqual([first, 1]);
    expect([(await compile(21)) === first, count()]).toEqual([false, 2]);
    expect(readdirSync(own)).toEqual([
      expect.stringMatching(/^java-runner-\w{16}-17-\w{32}\.jar$/),
      expect.stringMatching(/^java-runner-\w{16}-21-\w{32}\.jar$/),
    ]);
  });

  it("is taken from where other emulators have left it", async () => {
    const { program, count } = countingCompiler();
    const [one, other, common] = ["one", "other", "common"].map((name) => join(folder, name));
    // There are three.
    mkdirSync(String(common));
    const compile = (own: string | undefined): Promise<string> =>
      compileRunner({ compiler: program, major: 17, cacheFolders: [own ?? "", common ?? ""] });
    expect(await compile(one)).toContain(one);
    expect([await compile(other), count()]).toEqual([expect.stringContaining(String(common)), 1]);
  });

  it.each(["cut", "", "another content of which nobody knows"])(
    "is compiled anew where it is damaged (%j)",
    async (content) => {
      const { program, count } = countingCompiler();
      const own = join(folder, "cache");
      const compile = (): Promise<string> =>
        compileRunner({ compiler: program, major: 17, cacheFolders: [own] });
      const archive = await compile();
      const whole = readFileSync(archive);
      chmodSync(archive, 0o644);
      writeFileSync(archive, content === "cut" ? whole.subarray(0, 100) : content);
      expect([await compile(), readFileSync(archive), count()]).toEqual([archive, whole, 2]);
      expect(readdirSync(own)).toHaveLength(1);
    },
  );

  it("does without a common folder that cannot be written to", async () => {
    const { program } = countingCompiler();
    const own = join(folder, "cache");
    const archive = await compileRunner({
      compiler: program,
      major: 17,
      cacheFolders: [own, join(program, "nowhere")],
    });
    expect(archive).toContain(own);
  });

  it("leaves nothing behind when it is given up, nor when it does not compile", async () => {
    const { program } = countingCompiler();
    const own = join(folder, "cache");
    const compilation = { compiler: program, major: 17, cacheFolders: [own] as const };
    await expect(compileRunner({ ...compilation, signal: AbortSignal.abort() })).rejects.toThrow("abort");
    writeFileSync(program, "#!/bin/sh\necho no disk >&2\nexit 1\n");
    await expect(compileRunner(compilation)).rejects.toThrow("no disk");
    expect(readdirSync(own)).toEqual([]);
  });
});

describe.skipIf("reason" in foundJava)("The compiler that is here", () => {
  let jars: string;
  beforeAll(() => {
    jars = mkdtempSync(join(tmpdir(), "java-runner-test-"));
  });
  afterAll(() => rmSync(jars, { recursive: true, force: true }));

  it("makes a runner for Java 8 and newer", async () => {
    if ("reason" in foundJava || foundJava.java.major > 23) return;
    const { compiler, java } = foundJava;
    const archive = await compileRunner({ compiler, major: java.major, cacheFolders: [jars] });
    const out = join(jars, "out");
    mkdirSync(out);
    execFileSync(join(java.home, "bin", "jar"), ["xf", archive], { cwd: out });
    const [main = Buffer.alloc(0)] = [readFileSync(join(out, "functiongraph", "runner", "Main.class"))];
    // 52 is that of Java 8.
    expect(main.readUInt16BE(6)).toBe(52);
  });
});

describe("The folder for what emulators share", () => {
  it("is this user's", () => {
    const cache = join(folder, "cache");
    expect(userCacheFolder({ XDG_CACHE_HOME: cache })).toBe(join(cache, "functiongraph-emulator"));
  });

  it("is none where others can write to it, as what is in it is run, and where it cannot be made", () => {
    const shared = join(folder, "functiongraph-emulator");
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    expect(userCacheFolder({ XDG_CACHE_HOME: folder })).toBeUndefined();
    writeFileSync(join(folder, "file"), "");
    expect(userCacheFolder({ XDG_CACHE_HOME: join(folder, "file") })).toBeUndefined();
    expect(userCacheFolder({ XDG_CACHE_HOME: join(folder, "no", "home") })).toBeUndefined();
  });
});
