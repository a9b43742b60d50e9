import { describe, expect, it } from "vitest";
import { type EmulatorOptions, resolveOptions } from "./options.ts";

describe("options", () => {
  it("have defaults that listen on the loopback interface, keep all in memory and check credentials", () => {
    expect(resolveOptions({})).toMatchObject({
      port: 0,
      host: "127.0.0.1",
      region: "eu-de",
      data: undefined,
      authentication: "on",
      logLevel: "warn",
      clockSkewMinutes: 15,
    });
  });

  it("call the default project like the region, and give it to the default user", () => {
    const { projects, users } = resolveOptions({ region: "eu-nl" });
    expect([projects[0]?.name, users[0]?.projects]).toEqual(["eu-nl", [projects[0]?.id]]);
  });

  it("are the defaults where they are undefined", () => {
    // As programs without types write it.
    const options = { limits: { functions: undefined }, timeouts: { idle: undefined } } as unknown;
    const { limits, timeouts } = resolveOptions(options as EmulatorOptions);
    expect([limits.functions, timeouts.idle]).toEqual([resolveOptions({}).limits.functions, 10_000]);
  });

  it("take names of buckets, their addresses, and addresses of this machine", () => {
    const objectStorage = {
      "my-bucket": "./bucket",
      "https://my-bucket.obs.eu-de.otc.t-systems.com/": "http://localhost:9000",
    };
    expect(resolveOptions({ objectStorage })).toMatchObject({ objectStorage });
  });

  it("give each user keys of their own", () => {
    const { users } = resolveOptions({
      users: [
        { name: "a", password: "1" },
        { name: "b", password: "2" },
      ],
    });
    expect(new Set(users.flatMap((user) => [user.id, user.accessKey, user.secretKey])).size).toBe(6);
  });

  it.each<[EmulatorOptions, string]>([
    [{ port: 65536 }, "The port must be a number from 0 to 65535, and is 65536: 0 takes a free one."],
    [{ region: "EU DE" }, 'The option region must be an identifier like eu-de, and is "EU DE".'],
    [{ projects: [] }, "There must be at least one project"],
    [{ users: [] }, "There must be at least one user"],
    [
      { users: [{ name: "a", password: "b", projects: ["p9"] }] },
      "The user a has the project p9, which is not among the projects; add it there.",
    ],
    [
      {
        users: [
          { name: "a", password: "1", accessKey: "K" },
          { name: "b", password: "2", accessKey: "K" },
        ],
      },
      "The access key K belongs to two users; give each user its own.",
    ],
    [
      { origins: ["localhost:3000"] },
      'The option origins[0] must be scheme, host and port like http://localhost:3000, and is "localhost:3000".',
    ],
    [{ origins: ["http://localhost:3000/"] }, "must be scheme, host and port"],
    [
      { runtime: { maxInstances: 0 } },
      "The option runtime.maxInstances must be a whole number from 1 on, and is 0.",
    ],
    [{ runtime: { warm: -5 } }, "The option runtime.warm must be a whole number from 0 on, and is -5."],
    [
      { runtime: { idleSeconds: -1 } },
      "The option runtime.idleSeconds must be a number from 0 to 2147483, and is -1.",
    ],
    [
      { runtime: { queueSeconds: Number.NaN } },
      "The option runtime.queueSeconds must be a number from 0 to 2147483",
    ],
    [
      { runtime: { programs: { "20": "/usr/bin/node" } } },
      'The option runtime.programs names a program for "20", which is no runtime, language with its first number, or language; known are Node.js, Node.js6,',
    ],
    [
      { runtime: { programs: { Python: "" } } },
      'The option runtime.programs["Python"] must be the path of a program, or its name in PATH, and is "".',
    ],
    [
      { asynchronous: { concurrency: 0.5 } },
      "The option asynchronous.concurrency must be a whole number from 1 on",
    ],
    [
      { asynchronous: { notifications: "localhost" } },
      'The option asynchronous.notifications must be an address of this machine like http://127.0.0.1:9000, and is "localhost".',
    ],
    [{ asynchronous: { streams: "" } }, "The option asynchronous.streams must be an address"],
    [{ asynchronous: { buckets: "" } }, "The option asynchronous.buckets must be the path of a folder"],
    [{ asynchronous: { notifications: "http://example.com" } }, "must be an address of this machine"],
    [{ host: "" }, "The host is empty; name an address such as 127.0.0.1, or leave the option out."],
    [{ data: "" }, "The data folder is empty; name a folder, or leave the option out."],
    [{ data: "  " }, "The data folder is empty"],
    [{ data: "a\0b" }, "The option data must be the path of a folder"],
    [{ clockSkewMinutes: Number.NaN }, "clockSkewMinutes must be a number from 0 to 2147483, and is NaN."],
    [{ clockSkewMinutes: -1 }, "clockSkewMinutes must be a number from 0 to 2147483, and is -1."],
    [{ time: new Date("x") }, "The option time must be a Date"],
    [{ allowedHosts: ["http://emulator:8700"] }, "The option allowedHosts[0] must be a name like emulator"],
    [
      { objectStorage: { x: "./bucket" } },
      'The option objectStorage has the key "x", which is no address like https://my-bucket.obs.eu-de.otc.t-systems.com/ and no name of a bucket.',
    ],
    [
      { objectStorage: { "https://my-bucket.obs.eu-de.otc.t-systems.com/": "https://example.com/" } },
      "must be the path of a folder, or an address of this machine like http://127.0.0.1:9000, and is",
    ],
    [
      {
        projects: [
          { id: "p", name: "a" },
          { id: "p", name: "b" },
        ],
      },
      "The ID p belongs to two projects; give each project its own.",
    ],
    [
      {
        users: [
          { name: "a", password: "1" },
          { name: "a", password: "2" },
        ],
      },
      "There are two users a of the account example-domain; give each a name or domainName of its own.",
    ],
    [
      {
        users: [
          { name: "a", password: "1", id: "u" },
          { name: "b", password: "2", id: "u" },
        ],
      },
      "The ID u belongs to two users; give each user its own.",
    ],
    [
      { asynchronous: { retrySeconds: { first: -1, factor: 2 } } },
      "The option asynchronous.retrySeconds.first must be a number from 0 to 2147483, and is -1.",
    ],
  ])("%j are refused", (options, message) => {
    expect(() => resolveOptions(options)).toThrow(
      expect.objectContaining({ name: "OptionError", message: expect.stringContaining(message) }),
    );
  });

  it.each<[unknown, string]>([
    [{ runtme: {} }, "There is no option runtme; those are port, host, region,"],
    [{ runtime: "process" }, 'The option runtime must be an object, and is "process".'],
    [
      { runtime: { sandbox: "proces" } },
      'The option runtime.sandbox must be one of auto, namespaces, process, and is "proces".',
    ],
    [
      { runtime: { sandbx: "process" } },
      "There is no option runtime.sandbx; those in runtime are sandbox, programs,",
    ],
    [{ runtime: { programs: "python" } }, 'The option runtime.programs must be an object, and is "python".'],
    [
      { runtime: { programs: { Java: 17 } } },
      'The option runtime.programs["Java"] must be the path of a program',
    ],
    [{ runtime: { maxInstances: "2" } }, 'must be a whole number from 1 on, and is "2".'],
    [
      { runtime: { httpNetwork: "foo" } },
      'The option runtime.httpNetwork must be one of own, host, and is "foo".',
    ],
    [{ asynchronous: { userErrorRetries: "yes" } }, 'userErrorRetries must be true or false, and is "yes".'],
    [
      { asynchronous: { retrySeconds: { first: 1 } } },
      "retrySeconds has no factor; give it first and factor.",
    ],
    [
      { asynchronous: { queue: 1 } },
      "There is no option asynchronous.queue; those in asynchronous are buckets,",
    ],
    [{ limits: { functoins: 1 } }, "There is no option limits.functoins; those in limits are functions,"],
    [{ authentication: "of" }, 'The option authentication must be one of on, off, strict, and is "of".'],
    [{ logLevel: "loud" }, "The option logLevel must be one of silent, error, warn, info, debug"],
    [{ strict: 1 }, "The option strict must be true or false, and is 1."],
    [
      { users: {} },
      'The option users must be a list like [{ "name": "ada", "password": "…" }], and is an object.',
    ],
    [
      { users: ["ada:s3cret"] },
      "The option users[0] must be an object with name and password, and is a text.",
    ],
    [{ users: [{ name: "ada" }] }, "The option users[0] has no password; give it name and password."],
    [
      { users: [{ name: "ada", password: 5 }] },
      "The option users[0].password must be a text that is not empty.",
    ],
    [
      { users: [{ name: "ada", password: "s", projects: "p" }] },
      'The option users[0].projects must be a list like ["<ID of a project>"], and is "p".',
    ],
    [{ projects: [{ name: "eu-de" }] }, "The option projects[0] has no id; give it id and name."],
    [
      { projects: [{ id: "../p", name: "eu-de" }] },
      "The option projects[0].id must be 1 to 64 letters, digits, underscores and hyphens",
    ],
    [
      { port: "0" },
      'The port must be a number from 0 to 65535, and is the text "0": 0 takes a free one, without quotation marks.',
    ],
    [{ port: null }, "The port must be a number from 0 to 65535, and is null"],
    [{ host: 5 }, "The option host must be an address of this machine, such as 127.0.0.1, and is 5."],
    [{ data: 5 }, "The option data must be the path of a folder, and is 5."],
    [{ authentication: false }, "The option authentication must be one of on, off, strict, and is false."],
    [{ clockSkewMinutes: "x" }, 'clockSkewMinutes must be a number from 0 to 2147483, and is "x".'],
    [
      { origins: "*" },
      'The option origins must be a list like ["http://localhost:3000"], or ["*"] for any, and is "*".',
    ],
    [
      { allowedHosts: "emulator" },
      'The option allowedHosts must be a list like ["emulator"], and is "emulator".',
    ],
    [{ allowedHosts: [5] }, "The option allowedHosts[0] must be a name like emulator"],
    [
      { time: "2026-03-02T09:00:00Z" },
      "The option time must be a Date, or in a file a text like 2026-03-02T09:00:00Z, and is",
    ],
    [{ objectStorage: "./bucket" }, 'The option objectStorage must be an object, and is "./bucket".'],
    [
      { objectStorage: { "my-bucket": 5 } },
      'objectStorage["my-bucket"] must be the path of a folder, or an address of this machine',
    ],
    [{ log: "app.log" }, 'The option log must be a function, and is "app.log".'],
    [{ constructor: 1 }, "There is no option constructor"],
    [[], "The options must be an object."],
  ])("%j from a file is refused", (given, message) => {
    // As a file may have it.
    const options = given as EmulatorOptions;
    expect(() => resolveOptions(options)).toThrow(
      expect.objectContaining({ name: "OptionError", message: expect.stringContaining(message) }),
    );
  });
});
