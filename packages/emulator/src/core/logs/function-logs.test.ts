import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FunctionLogs } from "./function-logs.ts";
import type { LogFilter } from "./log-entry.ts";
import { LogFiles } from "./log-files.ts";

const hello = { projectId: "p1", package: "default", name: "hello" };
const other = { projectId: "p1", package: "shop", name: "Order_1" };
const foreign = { projectId: "p2", package: "default", name: "hello" };
const warnings: string[] = [];
const log = { warn: (message: string) => void warnings.push(message) };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fg-logs-"));
  warnings.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (...path: string[]): string => readFileSync(join(folder, ...path), "utf8");
const call = (id: number, version = "latest", text = `line ${id}\n`): string =>
  `2026-03-02T10:00:00Z Start invoke request '${id}', version: ${version}\n${text}\n2026-03-02T10:00:00Z Finish invoke request '${id}', duration: 1.000ms\n`;

async function texts(logs: FunctionLogs, filter: LogFilter = {}): Promise<string[]> {
  return (await logs.history(filter)).map(({ text }) => text);
}

describe("logs in memory", () => {
  it("are those of the functions and versions that are meant, in the order of the calls", async () => {
    const logs = new FunctionLogs();
    logs.append(hello, "latest", "one\n");
    logs.append(other, "latest", "two\n");
    logs.append(foreign, "v1", "three\n");
    logs.append(hello, "v1", "four\n");
    expect(await texts(logs)).toEqual(["one\n", "two\n", "three\n", "four\n"]);
    expect(await texts(logs, { projectId: "p1" })).toEqual(["one\n", "two\n", "four\n"]);
    expect(await texts(logs, hello)).toEqual(["one\n", "four\n"]);
    expect(await texts(logs, { ...hello, version: "v1" })).toEqual(["four\n"]);
  });

  it("keep the last megabyte of a function", async () => {
    const logs = new FunctionLogs();
    for (let entry = 0; entry < 300; entry += 1)
      logs.append(hello, "latest", `${String(entry).padEnd(9_999, ".")}\n`);
    const kept = await texts(logs);
    expect(kept).toHaveLength(104);
    expect([parseInt(kept[0] ?? "", 10), parseInt(kept.at(-1) ?? "", 10)]).toEqual([196, 299]);
  });

  it("keep the end of an entry that is longer than that", async () => {
    const logs = new FunctionLogs();
    logs.append(hello, "latest", `${"x".repeat(2_000_000)}end\n`);
    const [text] = await texts(logs);
    expect([text?.length, text?.slice(-4)]).toEqual([1024 * 1024, "end\n"]);
  });

  it("of many functions together stay within a limit", async () => {
    const logs = new FunctionLogs();
    const megabyte = "y".repeat(1_000_000);
    for (let index = 0; index < 60; index += 1)
      logs.append({ ...hello, name: `f${index}` }, "latest", `${megabyte}\n`);
    const kept = await texts(logs);
    expect(kept.reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect((await texts(logs, { ...hello, name: "f59" })).length).toBe(1);
  });

  it("are given out as they come, to those who follow them", () => {
    const logs = new FunctionLogs();
    const taken: string[] = [];
    let ended = false;
    const stop = logs.follow({
      filter: { ...hello, version: "v1" },
      take: ({ text }) => taken.push(text),
      end: () => {
        ended = true;
      },
    });
    logs.append(hello, "v1", "one\n");
    logs.append(hello, "latest", "two\n");
    logs.append(other, "v1", "three\n");
    void logs.close();
    expect(ended).toBe(true);
    stop();
    logs.append(hello, "v1", "four\n");
    expect(taken).toEqual(["one\n"]);
  });
});

describe("logs in files", () => {
  it("are one file for each function, which holds what it printed", async () => {
    const logs = new FunctionLogs(new LogFiles(folder, log));
    logs.append(hello, "latest", call(1));
    logs.append(hello, "v1", call(2, "v1"));
    logs.append(other, "latest", call(3));
    await logs.close();
    expect(read("p1", "default.hello.log")).toBe(call(1) + call(2, "v1"));
    expect(read("p1", "shop.Order_1.log")).toBe(call(3));
    expect(warnings).toEqual([]);
  });

  it("are there again after a restart, each call with its version", async () => {
    const before = new FunctionLogs(new LogFiles(folder, log));
    before.append(hello, "latest", call(1));
    before.append(hello, "v1", call(2, "v1", "Grüße\n"));
    before.append(other, "latest", call(3));
    await before.close();
    const after = new FunctionLogs(new LogFiles(folder, log));
    after.append(hello, "latest", call(4));
    expect(await texts(after, hello)).toEqual([call(1), call(2, "v1", "Grüße\n"), call(4)]);
    expect(await texts(after, { ...hello, version: "v1" })).toEqual([call(2, "v1", "Grüße\n")]);
    expect((await texts(after)).toSorted()).toEqual(
      [call(1), call(2, "v1", "Grüße\n"), call(3), call(4)].toSorted(),
    );
    await after.close();
    expect(read("p1", "default.hello.log")).toBe(call(1) + call(2, "v1", "Grüße\n") + call(4));
  });

  it("are left for one predecessor when they grow too large", async () => {
    const files = new LogFiles(folder, log, 1000);
    for (let id = 1; id <= 9; id += 1) {
      files.append(hello, call(id, "latest", "z".repeat(200)));
      await files.settled();
    }
    expect(readdirSync(join(folder, "p1")).toSorted()).toEqual(["default.hello.log", "default.hello.log.1"]);
    const pieces = [read("p1", "default.hello.log.1"), read("p1", "default.hello.log")];
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(1000);
    const ids = [...pieces.join("").matchAll(/Start invoke request '(\d)'/g)].map(([, id]) => id);
    expect(ids.at(-1)).toBe("9");
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => String(10 - ids.length + index)));
    expect(await new LogFiles(folder, log).tail(hello, 10_000)).toBe(pieces.join(""));
    expect((await new LogFiles(folder, log).tail(hello, 700)).length).toBe(700);
  });

  it("go with their function, also those from before a restart, and what still waits to be written", async () => {
    const before = new FunctionLogs(new LogFiles(folder, log));
    for (const owner of [hello, other, foreign]) before.append(owner, "latest", call(1));
    await before.close();
    const after = new FunctionLogs(new LogFiles(folder, log));
    after.append(hello, "latest", call(2));
    after.forget(({ name }) => name === "hello", "p1");
    // One of the same name, made anew.
    after.append(hello, "latest", call(3));
    await after.close();
    expect(read("p1", "default.hello.log")).toBe(call(3));
    expect(await texts(after)).toEqual([call(1), call(1), call(3)]);
    after.forget(() => true);
    await after.close();
    expect(readdirSync(folder).flatMap((project) => readdirSync(join(folder, project)))).toEqual([]);
    expect(await texts(after)).toEqual([]);
  });

  it("never leave their folder", async () => {
    const files = new LogFiles(join(folder, "logs"), log);
    files.append({ ...hello, projectId: ".." }, "up\n");
    files.append({ ...hello, projectId: "a/../../b" }, "across\n");
    files.append({ ...hello, projectId: "" }, "nobody\n");
    await files.settled();
    expect(readdirSync(folder)).toEqual(["logs"]);
    expect(files.owners("..")).toEqual([{ ...hello, projectId: ".." }]);
    expect(readdirSync(join(folder, "logs")).toSorted()).toContain("%2e%2e");
  });

  it("that cannot be written are given up with a warning", async () => {
    writeFileSync(join(folder, "p1"), "in the way");
    const logs = new FunctionLogs(new LogFiles(folder, log));
    logs.append(hello, "latest", call(1));
    logs.append(foreign, "latest", call(2));
    await logs.close();
    expect(warnings).toEqual(["A log file could not be used."]);
    expect(read("p2", "default.hello.log")).toBe(call(2));
    expect(await texts(logs, hello)).toEqual([call(1)]);
  });

  it("lose the older lines of a function that prints faster than the disk takes them", async () => {
    const files = new LogFiles(folder, log);
    for (let id = 0; id < 5; id += 1) files.append(hello, call(id, "latest", "q".repeat(1_000_000)));
    await files.settled();
    expect(warnings).toHaveLength(1);
    expect(read("p1", "default.hello.log")).toContain("'4'");
    expect(read("p1", "default.hello.log")).not.toContain("'0'");
  });
});
