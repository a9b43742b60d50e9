import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type JournaledEmulator, journaledEmulator } from "../../../test/support/journaled-emulator.ts";
import { ada, addLocalAlias, addLocalVersion } from "../../../test/support/local-app.ts";
import type { EmulatorOptions } from "../../options.ts";

const second = "ffffffffffffffffffffffffffffffff";
const running: JournaledEmulator[] = [];
let emulator: JournaledEmulator;

async function start(options: EmulatorOptions = {}): Promise<JournaledEmulator> {
  const projects = [
    { id: ada.projectId, name: "eu-de" },
    { id: second, name: "eu-de_other" },
  ];
  const started = await journaledEmulator({ projects, ...options });
  running.push(started);
  return started;
}

beforeEach(async () => {
  emulator = await start();
  await emulator.add("hello");
  await emulator.add("resize");
  await emulator.add("elsewhere", second);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close(0)));
});

const headers = { "X-Emulator-Control": "1" };
const ask = (query: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${emulator.url}/_emulator/logs${query}`, { headers, ...init });

async function lines(query: string): Promise<string[]> {
  const response = await ask(query);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
  const text = await response.text();
  expect(text === "" || text.endsWith("\n")).toBe(true);
  return text.split("\n").slice(0, -1);
}

function printSome(): void {
  addLocalVersion(emulator.app, ada, "hello", "v1");
  addLocalAlias(emulator.app, ada, "hello", "prod", "v1");
  emulator.ended("hello", { log: "one\ntwo" });
  emulator.ended("resize", { log: "three" });
  emulator.ended("elsewhere", { log: "four" }, second);
  emulator.ended(`${ada.projectId}:default:hello:v1`, { log: "five\n\nsix" });
}

describe("GET /_emulator/logs", () => {
  it.each([
    ["?function=hello", ["one", "two", "five", "", "six"]],
    ["?function=default:hello", ["one", "two", "five", "", "six"]],
    [`?function=urn:fss:eu-de:${ada.projectId}:function:default:hello`, ["one", "two", "five", "", "six"]],
    [`?function=urn:fss:eu-de:${ada.projectId}:function:default:hello:latest`, ["one", "two"]],
    [`?function=${ada.projectId}:default:hello:!prod`, ["five", "", "six"]],
    ["?function=elsewhere", ["four"]],
    [`?function=elsewhere&project=${second}`, ["four"]],
    ["?function=hello&tail=2", ["", "six"]],
    ["?function=hello&tail=0", []],
    ["?function=hello&tail=99", ["one", "two", "five", "", "six"]],
    [
      "",
      [
        "[hello:latest] one",
        "[hello:latest] two",
        "[resize:latest] three",
        "[elsewhere:latest] four",
        "[hello:v1] five",
        "[hello:v1] ",
        "[hello:v1] six",
      ],
    ],
    [`?project=${second}`, ["[elsewhere:latest] four"]],
    ["?tail=2", ["[hello:v1] ", "[hello:v1] six"]],
  ])("%s shows what is meant", async (query, want) => {
    printSome();
    expect(await lines(query)).toEqual(want);
  });

  it.each([
    ["?function=nobody", 404, "FSS.1051"],
    [`?function=hello&project=${second}`, 404, "FSS.1051"],
    ["?function=a:b:c:d:e", 400, "FSS.1309"],
    [`?function=${ada.projectId}:default:hello:v9`, 404, "FSS.1052"],
    ["?tail=-1", 400, "FSS.0400"],
    ["?follow=perhaps", 400, "FSS.0400"],
  ])("%s is refused", async (query, status, code) => {
    const response = await ask(query);
    expect([response.status, await response.json()]).toMatchObject([status, { error_code: code }]);
  });

  it("is for those who say that they are no web page", async () => {
    const response = await ask("", { headers: {} });
    expect([response.status, await response.json()]).toMatchObject([403, { error_code: "FSS.0403" }]);
    const posted = await ask("", { method: "POST" });
    expect([posted.status, await posted.json()]).toMatchObject([
      404,
      { error_msg: expect.stringContaining("answers GET") },
    ]);
  });

  it("goes with the function, and with a reset", async () => {
    printSome();
    const remove = await fetch(`${emulator.url}/v2/${ada.projectId}/fgs/functions/resize`, {
      method: "DELETE",
      headers: { "X-Auth-Token": emulator.token },
    });
    expect(remove.status).toBe(204);
    await emulator.add("resize");
    expect(await lines("?function=resize")).toEqual([]);
    emulator.reset(second);
    expect(new Set((await lines("")).map((line) => line.split(":")[0]))).toEqual(new Set(["[hello"]));
    emulator.reset();
    expect(await lines("")).toEqual([]);
  });
});

describe("following logs", () => {
  /** Reads a streaming answer until it has so many lines. */
  function reader(response: Response): (count: number) => Promise<string[]> {
    const stream = response.body?.getReader();
    if (!stream) throw new Error("no body");
    let text = "";
    return async (count) => {
      while (text.split("\n").length <= count) {
        const { done, value } = await stream.read();
        if (done) break;
        text += new TextDecoder().decode(value);
      }
      return text.split("\n").slice(0, -1);
    };
  }

  it("goes on with what comes, after what there is", async () => {
    printSome();
    const read = reader(await ask("?function=hello&follow=true&tail=1"));
    expect(await read(1)).toEqual(["six"]);
    emulator.ended("hello", { log: "seven" });
    emulator.ended("resize", { log: "not this" });
    emulator.ended("hello", { log: "eight\nnine" });
    expect(await read(4)).toEqual(["six", "seven", "eight", "nine"]);
  });

  it("answers before anything is printed, and ends with the emulator", async () => {
    const response = await ask("?follow=true");
    expect(response.status).toBe(200);
    const read = reader(response);
    emulator.ended("hello", { log: "first" });
    expect(await read(1)).toEqual(["[hello:latest] first"]);
    await emulator.close(60_000);
    expect(await read(99)).toEqual(["[hello:latest] first"]);
  });

  it("ends when the client goes away", async () => {
    // The emulator's journal has its logs.
    const { logs } = emulator.app.journal as unknown as {
      logs: { follow: (follower: object) => () => void };
    };
    const follow = logs.follow.bind(logs);
    const stopped = new Promise<void>((resolve) => {
      logs.follow = (follower) => {
        const stop = follow(follower);
        return () => {
          stop();
          resolve();
        };
      };
    });
    const gone = new AbortController();
    const response = await ask("?follow=true", { signal: gone.signal });
    expect(response.status).toBe(200);
    gone.abort();
    await stopped;
  });
});

it("logs are in files beside the state, and there again after a restart", async () => {
  const data = mkdtempSync(join(tmpdir(), "fg-logs-"));
  try {
    emulator = await start({ data });
    await emulator.add("hello");
    emulator.ended("hello", {
      log: "2026-03-02T10:00:00Z Start invoke request '1', version: latest\nprinted",
    });
    await emulator.close(0);
    const file = join(data, "logs", ada.projectId, "default.hello.log");
    expect(readFileSync(file, "utf8")).toMatch(/^2026.*\nprinted\n$/);
    emulator = await start({ data });
    expect((await lines("?function=hello")).at(-1)).toBe("printed");
    expect((await lines("")).at(-1)).toBe("[hello:latest] printed");
    await emulator.close(0);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
