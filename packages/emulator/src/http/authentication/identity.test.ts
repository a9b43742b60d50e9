import { describe, expect, it } from "vitest";
import { Identity, type User } from "./identity.ts";

const user: User = {
  id: "user-1",
  name: "ada",
  password: "example-password",
  domainId: "domain-1",
  domainName: "example-domain",
  accessKey: "KEY",
  secretKey: "example-secret-key",
  projects: ["p1"],
};

function setUp(users: readonly User[] = [user]) {
  const clock = { time: new Date("2026-03-02T09:00:00Z"), now: () => clock.time };
  return { clock, identity: new Identity(users, [{ id: "p1", name: "eu-de" }], clock) };
}

describe("Identity", () => {
  it.each([
    ["the right words", "ada", "example-password", "example-domain", true],
    ["another password", "ada", "example-passwore", "example-domain", false],
    ["an empty password", "ada", "", "example-domain", false],
    ["another name", "eve", "example-password", "example-domain", false],
    ["an unknown name and no password", "eve", "", "example-domain", false],
    ["another account", "ada", "example-password", "other", false],
  ])("signs in with %s: %s %s %s", (_, name, password, domain, want) => {
    expect(setUp().identity.signIn(name, password, domain) !== undefined).toBe(want);
  });

  it("opens the tokens that it has issued", () => {
    const { identity } = setUp();
    const { token } = identity.issue(user, "p1");
    expect(identity.open(token)).toEqual({
      user,
      projectId: "p1",
      issuedAt: new Date("2026-03-02T09:00:00Z"),
      expiresAt: new Date("2026-03-03T09:00:00Z"),
    });
  });

  it("knows its tokens after a restart, and not after a change of the password", () => {
    const { token } = setUp().identity.issue(user, "p1");
    expect(setUp().identity.open(token)?.projectId).toBe("p1");
    expect(setUp([{ ...user, password: "another-password" }]).identity.open(token)).toBeUndefined();
  });

  it("opens nothing that was changed on the way", () => {
    const { identity } = setUp();
    const [payload = "", mark = ""] = identity.issue(user, "p1").token.split(".");
    const other = Buffer.from(JSON.stringify({ user: user.id, project: "p2", issued: 0 })).toString(
      "base64url",
    );
    for (const token of [
      "",
      ".",
      "x",
      payload,
      `${payload}.`,
      `${payload}.x`,
      `${other}.${mark}`,
      `${payload}.${mark}.x`,
      "bnVsbA.x",
    ]) {
      expect(identity.open(token), token).toBeUndefined();
    }
  });

  it("lets a token end after 24 hours", () => {
    const { identity, clock } = setUp();
    const { content } = identity.issue(user, undefined);
    clock.time = new Date("2026-03-03T08:59:59Z");
    expect(identity.isExpired(content)).toBe(false);
    clock.time = new Date("2026-03-03T09:00:00Z");
    expect(identity.isExpired(content)).toBe(true);
  });
});
