import type { AsyncInvocation } from "@functiongraph/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guideExample } from "./guide-example.ts";
import { hasPython } from "./has-python.ts";
import { type OpenExample, openExample } from "./open-example.ts";
import { type ProgramRun, runProgram } from "./run-program.ts";

const program = "copy-report.mjs";
const day = 24 * 60 * 60 * 1000;

describe.runIf(hasPython)("the example of a timer that downloads a file", () => {
  let alone: Promise<ProgramRun>;
  let example: OpenExample;
  /** What the stand-in of the bucket has. */
  let objects: Map<string, string>;
  let address: string;

  beforeAll(async () => {
    alone = runProgram(guideExample(program));
    example = await openExample(program, ["objects", "userData"]);
    // The program of the guide has made them.
    const { objects: made, userData } = example.names as {
      objects: Map<string, string>;
      userData: { storage: string };
    };
    objects = made;
    address = userData.storage;
  }, 60_000);

  afterAll(async () => {
    const { emulator, finish } = example;
    await finish();
    expect(emulator.violations).toEqual([]);
    for (const closed of [emulator.url, address]) await expect(fetch(closed)).rejects.toThrow("fetch failed");
    await alone;
  }, 30_000);

  /** What became of the function's asynchronous calls since a time, once so many have ended. */
  async function callsSince(time: string, count: number): Promise<readonly AsyncInvocation[]> {
    const { fg, path } = example;
    let ended: readonly AsyncInvocation[] = [];
    const look = async (): Promise<number> => {
      const { invocations = [] } = await fg.listAsyncInvocations({ path, query: { query_begin_time: time } });
      ended = invocations.filter(({ status }) => status !== "WAIT" && status !== "RUNNING");
      return ended.length;
    };
    await expect.poll(look, { timeout: 10_000 }).toBe(count);
    return ended;
  }

  it("prints what the guide says, and ends by itself", { timeout: 30_000 }, async () => {
    expect(await alone).toEqual({ status: 0, output: guideExample(program).output, errors: "" });
  });

  it("leaves a function with the user data and the agency that it was given", async () => {
    const { fg, path } = example;
    expect(await fg.showFunctionConfig({ path })).toMatchObject({
      ...{
        func_name: "copy-report",
        code_type: "inline",
        code_filename: "index.zip",
        xrole: "reads-reports",
      },
      ...{ memory_size: 256, cpu: 400, timeout: 30, version: "latest" },
      user_data: JSON.stringify({ storage: address, object: "orders.csv" }),
    });
  });

  it("fires every day, at the time of day when it was made", async () => {
    const { clock } = example.emulator;
    objects.set("/reports/orders.csv", "order,total\n10,1.00\n");
    clock.advance(day - 1000);
    await callsSince("2026-03-03T09:00:01", 0);
    clock.advance(1000);
    expect(await callsSince("2026-03-03T09:00:01", 1)).toMatchObject([
      { start_time: "2026-03-04T09:00:00", status: "SUCCESS" },
    ]);
    clock.advance(day);
    expect(await callsSince("2026-03-04T09:00:01", 1)).toMatchObject([
      { start_time: "2026-03-05T09:00:00", status: "SUCCESS" },
    ]);
    expect(objects.get("/archive/orders.csv")).toBe("order,total\n10,1.00\n");
  });

  it("is on record as failed when the file is not there", async () => {
    const { emulator } = example;
    objects.delete("/reports/orders.csv");
    emulator.clock.advance(day);
    expect(await callsSince("2026-03-05T09:00:01", 1)).toMatchObject([
      {
        ...{ start_time: "2026-03-06T09:00:00", status: "FAIL" },
        error_message: expect.stringContaining("HTTP Error 404"),
      },
    ]);
  });

  it("fails without an agency, as there are no keys then", async () => {
    const { fg, path } = example;
    const body = { func_name: "copy-report", runtime: "Python3.9", handler: "index.handler" } as const;
    await fg.updateFunctionConfig({ path, body: { ...body, memory_size: 256, timeout: 30, xrole: "" } });
    await expect(fg.invokeFunction({ path, body: {} })).rejects.toMatchObject({
      name: "FunctionError",
      errorMessage: expect.stringContaining("give it an agency"),
    });
  });

  it("takes a Cron expression as well as a rate, and rests while it is disabled", async () => {
    const { emulator, fg, path } = example;
    const [rate] = await fg.listFunctionTriggers({ path });
    const place = { ...path, trigger_type_code: "TIMER", trigger_id: rate?.trigger_id ?? "" };
    await fg.updateTrigger({ path: place, body: { trigger_status: "DISABLED" } });
    const event_data = { name: "in-the-morning", schedule_type: "Cron", schedule: "0 30 8 * * ?" } as const;
    await fg.createFunctionTrigger({ path, body: { trigger_type_code: "TIMER", event_data } });
    emulator.clock.advance(day);
    expect(await callsSince("2026-03-06T09:00:01", 1)).toMatchObject([{ start_time: "2026-03-07T08:30:00" }]);
  });
});
