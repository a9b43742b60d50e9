import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";

let functions: RunningFunctions;
beforeAll(async () => {
  functions = await runFunctions();
});
afterAll(() => functions.close());

const works: Record<string, string> = {
  "large arrays": "for (let i = 0; i < 150; i++) new Array(500000).fill(i + 0.5)",
  "texts that are split": "const s = 'abc,'.repeat(300000); for (let i = 0; i < 30; i++) s.split(',')",
  "large arrays beside 24 MB that stay":
    "const kept = Array.from({ length: 12 }, (_, i) => new Array(250000).fill(i + 0.5)); for (let i = 0; i < 150; i++) new Array(250000).fill(kept.length + 0.5)",
  buffers: "for (let i = 0; i < 200; i++) Buffer.alloc(5e6, 1)",
  "objects that stay for a while":
    "const kept = []; for (let i = 0; i < 2e6; i++) { kept.push({ i, a: [i] }); if (kept.length > 100000) kept.splice(0, 50000) }",
};

test
  .runIf(process.platform === "linux")
  .each(
    Object.entries(works).flatMap(([what, work]) => [128, 256].map((memoryMb) => ({ what, work, memoryMb }))),
  )(
  "$what, thrown away at once, do not end a function of $memoryMb MB",
  async ({ work, memoryMb }) => {
    const spec = await functions.add(`exports.handler = async () => { ${work}; return 'done' }`, {
      memoryMb,
      timeout: 60,
    });
    expect(await functions.call(spec)).toMatchObject({ code: 0, text: "done" });
  },
  60_000,
);

test.runIf(process.platform === "linux")(
  "what is kept over the limit does",
  async () => {
    const spec = await functions.add(
      "exports.handler = async () => { const kept = []; for (;;) kept.push(new Array(100000).fill(kept.length + 0.5)) }",
      { memoryMb: 128, timeout: 60 },
    );
    expect(await functions.call(spec)).toMatchObject({
      code: 4205,
      value: { errorMessage: "runtime memory limit exceeded" },
    });
  },
  60_000,
);

test.runIf(process.platform === "linux")("what is kept below it is told as less than it", async () => {
  const spec = await functions.add(
    "const kept = Buffer.alloc(90e6, 1); exports.handler = async () => kept.length",
    { memoryMb: 128 },
  );
  const { code, memoryUsedMb } = await functions.call(spec);
  expect(code).toBe(0);
  expect(memoryUsedMb).toBeGreaterThan(90e6 / 2 ** 20);
  expect(memoryUsedMb).toBeLessThan(128);
});
