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
    [{ region: "EU DE" }, 'The region must be an identifier like eu-de, and is "EU DE".'],
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
      'An origin is scheme, host and port like http://localhost:3000, and "localhost:3000" is none.',
    ],
    [{ origins: ["http://localhost:3000/"] }, "An origin is scheme, host and port"],
  ])("%j are refused", (options, message) => {
    expect(() => resolveOptions(options)).toThrow(
      expect.objectContaining({ name: "OptionError", message: expect.stringContaining(message) }),
    );
  });
});
