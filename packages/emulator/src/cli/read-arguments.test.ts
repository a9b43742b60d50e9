import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readArguments } from "./read-arguments.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "functiongraph-"));
  writeFileSync(
    join(folder, "config.json"),
    JSON.stringify({
      region: "eu-nl",
      port: 9000,
      users: [{ name: "a", password: "b" }],
      time: "2026-03-02T09:00:00Z",
    }),
  );
  writeFileSync(join(folder, "broken.json"), "{");
  writeFileSync(join(folder, "list.json"), "[]");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the command line", () => {
  it.each<[string, unknown]>([
    ["start", { kind: "start", json: false, options: { port: 8700, data: ".functiongraph" } }],
    ["start --port 0 --memory --json", { kind: "start", json: true, options: { port: 0 } }],
    [
      "start --data DIR --region eu-nl --host 0.0.0.0",
      { kind: "start", json: false, options: { port: 8700, data: "DIR", region: "eu-nl", host: "0.0.0.0" } },
    ],
    [
      "start --memory --no-auth --strict --log info",
      {
        kind: "start",
        json: false,
        options: { port: 8700, authentication: "off", strict: true, logLevel: "info" },
      },
    ],
    [
      "start --memory --strict-auth --seed 7",
      { kind: "start", json: false, options: { port: 8700, authentication: "strict", seed: 7 } },
    ],
    [
      "start --memory --origin http://a.example --origin http://b.example --allow-host emulator",
      {
        kind: "start",
        json: false,
        options: {
          port: 8700,
          origins: ["http://a.example", "http://b.example"],
          allowedHosts: ["emulator"],
        },
      },
    ],
    [
      "start --memory --sandbox process",
      { kind: "start", json: false, options: { port: 8700, runtime: { sandbox: "process" } } },
    ],
    ["--help", { kind: "help" }],
    ["start -h", { kind: "help" }],
    ["--version", { kind: "version" }],
  ])("%s is understood", (line, want) => {
    expect(readArguments(line.split(" "))).toEqual(want);
  });

  it("takes the rest from a file", () => {
    expect(
      readArguments(["start", "--memory", "--region", "eu-de", "--config", join(folder, "config.json")]),
    ).toEqual({
      kind: "start",
      json: false,
      options: {
        region: "eu-de",
        port: 9000,
        users: [{ name: "a", password: "b" }],
        time: new Date("2026-03-02T09:00:00Z"),
      },
    });
  });

  it.each([
    ["", "Say what to do: functiongraph-emulator start; --help shows the options."],
    ["stop", 'There is no command "stop"; the one there is reads: functiongraph-emulator start.'],
    ["start now", '"now" belongs to no option; --help shows them all.'],
    ["start --prot 1", "Unknown option '--prot'; --help shows the options."],
    ["start --port", "--help shows the options."],
    ["start --port x", '--port takes a number from 0 to 65535, and is "x": 0 takes a free one'],
    ["start --port -1", '--port takes a number from 0 to 65535, and is "-1"'],
    ["start --port 65536", '--port takes a number from 0 to 65535, and is "65536"'],
    ["start --port=", '--port takes a number from 0 to 65535, and is ""'],
    ["start --seed -1", '--seed takes a number from 0 on, and is "-1".'],
    ["start --data -x", "--data has no value, as -x looks like an option; --data=-x takes it as the value."],
    ["start --sandbox none", '--sandbox takes one of auto, namespaces, process, and is "none".'],
    ["start --log loud", '--log takes one of silent, error, warn, info, debug, and is "loud".'],
    ["start --memory --data x", "--data and --memory exclude each other; leave one out."],
    ["start --no-auth --strict-auth", "--no-auth and --strict-auth exclude each other; leave one out."],
    ["start --config nowhere.json", "--config nowhere.json cannot be read"],
  ])("%s is refused in one sentence with the remedy", (line, message) => {
    expect(() => readArguments(line === "" ? [] : line.split(" "))).toThrow(
      expect.objectContaining({ name: "OptionError", message: expect.stringContaining(message) }),
    );
  });

  it("takes a file with a byte order mark", () => {
    writeFileSync(join(folder, "marked.json"), '\uFEFF{"region": "eu-nl"}');
    expect(readArguments(["start", "--memory", "--config", join(folder, "marked.json")])).toMatchObject({
      options: { region: "eu-nl" },
    });
  });

  it.each([
    [
      '{"time": 12345}',
      "The option time must be a Date, or in a file a text like 2026-03-02T09:00:00Z, and is 12345.",
    ],
    ['{"time": "noon"}', 'and is "noon".'],
    ['{"port": null}', "The port must be a number from 0 to 65535, and is null"],
    ['{"data": null}', "The option data must be the path of a folder, and is null."],
    ['{"data": " "}', "The data folder is empty; name a folder, or leave the option out."],
    ...["log", "fallback", "handlers"].map((name): [string, string] => [
      `{"${name}": {}}`,
      `The option ${name} takes JavaScript functions, which no file can hold; give it to createEmulator in a program.`,
    ]),
  ])("refuses a file with %s", (content, message) => {
    writeFileSync(join(folder, "wrong.json"), content);
    expect(() => readArguments(["start", "--config", join(folder, "wrong.json")])).toThrow(
      expect.objectContaining({ name: "OptionError", message: expect.stringContaining(message) }),
    );
  });

  it("tells of a misspelt option in a file those that a file can have", () => {
    writeFileSync(join(folder, "wrong.json"), '{"prot": 1}');
    expect(() => readArguments(["start", "--config", join(folder, "wrong.json")])).toThrow(
      /^There is no option prot; those are port, host, .*, seed, clockSkewMinutes, timeouts, logLevel, logPretty\.$/,
    );
  });

  it.each(["broken.json", "list.json"])("refuses the file %s", (name) => {
    expect(() => readArguments(["start", "--config", join(folder, name)])).toThrow(
      expect.objectContaining({ name: "OptionError" }),
    );
  });
});
