import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PythonFunctions, pythonFunctions } from "../../../test/support/python-functions.ts";
import { createSandbox } from "../../sandbox/create-sandbox.ts";
import { dataBytes } from "../../sandbox/launched-process.ts";
import { reservedMb } from "./prepare-python.ts";

const source = "def handler(event, context):\n    return event\n";
const burst = 16;
// The highest level of this machine, which may be the lowest too.
const root = await mkdtemp(join(tmpdir(), "functiongraph-python-"));
const best = await createSandbox({ root, wanted: "auto" });
await best.close();
await rm(root, { recursive: true });

describe.each([...new Set(["process", best.level] as const)])("at the level %s", (level) => {
  let functions: PythonFunctions;

  beforeAll(async () => {
    functions = await pythonFunctions(level, { warm: burst });
  });

  afterAll(() => functions.close());

  test("a function sees its code, its dependencies and a /tmp of its own", async () => {
    const one = await functions.start(
      [
        "import os, tempfile, needed",
        "def handler(event, context):",
        "    with tempfile.NamedTemporaryFile() as file:",
        "        file.write(b'x')",
        "        folder = os.path.dirname(file.name)",
        "    return [folder == os.environ['TMPDIR'], open('code/index.py').read(13), needed.name, needed.other]",
        "",
      ].join("\n"),
      {},
      [
        { "needed.py": "name = 'first'\nimport other\nother = other.name\n" },
        { "needed.py": "x = 1\n", "other.py": "name = 'second'\n" },
      ],
    );
    const { text } = await one.call();
    one.worker.kill();
    expect(JSON.parse(text)).toEqual([true, "import os, te", "first", "second"]);
  });

  test("a function with another size of /tmp runs too", async () => {
    const one = await functions.start(source, { temporaryMb: 10_240 });
    expect((await one.call({ a: 1 })).text).toBe('{"a": 1}');
    one.worker.kill();
  });

  test("the memory limit holds from the start, and ends the instance", async () => {
    const one = await functions.start(
      "import resource\nlimit = resource.getrlimit(resource.RLIMIT_DATA)\ndef handler(event, context):\n    return bytearray(event << 20) and limit\n",
      { memoryMb: 256 },
    );
    const [soft, hard]: number[] = JSON.parse((await one.call(100)).text);
    if (process.platform === "linux") expect([soft, hard]).toEqual(Array(2).fill(dataBytes(256, reservedMb)));
    void one.call(9000);
    expect((await one.worker.exited).outOfMemory).toBe(true);
  });

  test("a function of the least memory has the documented number of threads", async () => {
    const one = await functions.start(
      [
        "import threading",
        "def handler(event, context):",
        "    end = threading.Event()",
        "    threads = [threading.Thread(target=end.wait) for _ in range(1000)]",
        "    for thread in threads: thread.start()",
        "    end.set()",
        "    for thread in threads: thread.join()",
        "    return len(threads)",
        "",
      ].join("\n"),
      { memoryMb: 128 },
    );
    // The limit of the sandbox comes a little later than the runner's own, and is to be the same.
    for (let call = 0; call < 3; call++) expect((await one.call()).text).toBe("1000");
    one.worker.kill();
  });

  test("a thread may call as deeply as the interpreter allows", async () => {
    const one = await functions.start(
      [
        "import threading",
        "class Deeper:",
        "    def __lt__(self, other): return sorted([Deeper(), Deeper()])",
        "def handler(event, context):",
        "    found = []",
        "    def run():",
        "        try: Deeper() < Deeper()",
        "        except RecursionError as error: found.append(type(error).__name__)",
        "    thread = threading.Thread(target=run)",
        "    thread.start()",
        "    thread.join()",
        "    return found",
        "",
      ].join("\n"),
    );
    expect((await one.call()).text).toBe('["RecursionError"]');
    one.worker.kill();
  });

  test("a package that is lost ends the start, and leaves nothing", async () => {
    await expect(
      functions.make(source, { code: { digest: "0".repeat(128), filename: "index.zip" } }),
    ).rejects.toMatchObject({
      code: 4001,
    });
  });

  test("a first call takes little, and so do many of them at once", async () => {
    const first = await functions.start(source);
    await first.call();
    first.worker.kill();
    const cold: number[] = [];
    for (let round = 0; round < 5; round++) {
      await functions.filled(burst);
      const start = performance.now();
      const one = await functions.start(source);
      await one.call();
      cold.push(performance.now() - start);
      one.worker.kill();
      await one.worker.exited;
    }
    await functions.filled(burst);
    const start = performance.now();
    const all = await Promise.all(
      Array.from({ length: burst }, async () => {
        const one = await functions.start(source);
        await one.call();
        return one;
      }),
    );
    const took = performance.now() - start;
    for (const one of all) one.worker.kill();
    cold.sort((a, b) => a - b);
    console.log(
      `Python at the level ${level}: first call ${cold[2]?.toFixed(1)} ms (median of ${cold.length}, most ${cold.at(-1)?.toFixed(1)} ms), ${burst} first calls at once ${took.toFixed(0)} ms`,
    );
    expect(new Set(all.map(({ worker }) => worker.pid)).size).toBe(burst);
  });
});

test("closing ends what was kept ready, and removes its places", async () => {
  const functions = await pythonFunctions("process", { warm: 3 });
  const one = await functions.start(source);
  await functions.filled(3);
  expect(await readdir(`${functions.root}/places`)).toHaveLength(4);
  await functions.adapter.close();
  one.worker.kill();
  await one.worker.exited;
  await functions.emptied(1);
  expect(await readdir(`${functions.root}/places`)).toEqual([one.worker.place.id]);
  await functions.close();
});

test("a runtime without an interpreter fails with the reason", async () => {
  const functions = await pythonFunctions("process", {
    warm: 0,
    programs: { "Python3.9": "/nowhere/python3" },
  });
  const missing = await functions.adapter.check("Python3.9");
  expect(missing).toEqual({ available: false, reason: expect.stringContaining("/nowhere/python3") });
  await expect(functions.make(source)).rejects.toMatchObject({
    code: 4201,
    message: missing.available ? "" : missing.reason,
  });
  expect(await functions.adapter.check("Python3.10")).toMatchObject({ available: true });
  expect(
    ["Python3.9", "Python2.7", "Node.js18.15", "Custom"].map((runtime) => functions.adapter.serves(runtime)),
  ).toEqual([true, true, false, false]);
  await functions.close();
});
