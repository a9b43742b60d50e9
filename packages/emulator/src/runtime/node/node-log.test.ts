import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";

const lines = 20_000;
const print = `for (let i = 0; i < ${lines}; i++) console.log('line ' + i + ' ' + '.'.repeat(40));`;

describe.each(["process", "auto"] as const)("The log of a Node.js function (%s)", (sandbox) => {
  let functions: RunningFunctions;
  beforeAll(async () => {
    functions = await runFunctions({ sandbox });
  });
  afterAll(() => functions.close());

  /** Runs a handler, and gives its code and what it printed. */
  async function run(body: string, event: unknown = {}): Promise<{ code: number; printed: string[] }> {
    const spec = await functions.add(`exports.handler = async (event) => { ${body} }`, { timeout: 2 });
    const { code, log } = await functions.call(spec, event);
    return { code, printed: log.split("\n").filter((line) => /^(?:line|end|child|worker) /.test(line)) };
  }

  it.each([
    { end: "runs into its timeout without another turn of its loop", body: "for (;;);", code: 4010 },
    { end: "calls process.exit", body: "process.exit(1);", code: 4204 },
    { end: "calls process.abort", body: "process.abort();", code: 4204 },
    { end: "kills its process", body: "process.kill(process.pid, 'SIGKILL'); for (;;);", code: 4204 },
    {
      end: "runs out of memory",
      body: "const kept = []; for (;;) kept.push(Buffer.alloc(1 << 20, 1));",
      code: 4205,
    },
  ])("is whole when it $end", async ({ body, code }) => {
    const ended = await run(`${print} console.error('end of it'); ${body}`);
    expect(ended.code).toBe(code);
    expect(ended.printed).toHaveLength(lines + 1);
    expect(ended.printed.at(-1)).toBe("end of it");
  });

  it("does not keep a function that prints without end from its timeout", async () => {
    const { code, printed } = await run("for (let i = 0; ; i++) console.log('line ' + i, '.'.repeat(5000));");
    expect(code).toBe(4010);
    expect(printed.length).toBeGreaterThan(1000);
  });

  it("has what worker threads and child processes print", async () => {
    const child = "for (let i = 0; i < 5000; i++) console.log('child ' + i + '.'.repeat(40))";
    const worker = child.replace("child", "worker");
    const { code, printed } = await run(`
      const { Worker } = require('node:worker_threads');
      const { once } = require('node:events');
      const { execFileSync, spawn } = require('node:child_process');
      const thread = new Worker(${JSON.stringify(worker)}, { eval: true });
      await once(thread, 'exit');
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });
      await once(child, 'exit');
      execFileSync('/bin/sh', ['-c', 'for i in 1 2 3; do echo "child $i"; done'], { stdio: 'inherit' });
      for (let i = 0; i < 5000; i++) console.log('line ' + i + '.'.repeat(40));
      console.log('end of it');
      process.exit(0);
    `);
    expect(code).toBe(4204);
    const count = (start: string) => printed.filter((line) => line.startsWith(start)).length;
    expect([count("worker "), count("child "), count("line "), count("end ")]).toEqual([5000, 5003, 5000, 1]);
  });
});
