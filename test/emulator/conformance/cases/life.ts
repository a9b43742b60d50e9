import { randomInt } from "node:crypto";
import { expect } from "vitest";
import { type ConformanceScenario, noInitializer } from "../conformance-case.ts";
import { noneLeftWith, processesWith } from "../processes-with.ts";

interface Who {
  readonly id: string;
  readonly calls: number;
  readonly initialized: number;
}

const constraints = "guide, Notes and Constraints";

/** The life of instances, and what they may do to the machine. */
export const life: readonly ConformanceScenario[] = [
  {
    name: "is initialized once, before the first call of its instance",
    fact: {
      says: "The initializer runs once in an instance, before its first request.",
      grade: "D",
      source: "runtime guides, Initializer",
    },
    not: { custom: "its program initializes itself", go: noInitializer },
    async run(stage, driver) {
      const calls: Who[] = [];
      for (let i = 0; i < 3; i += 1)
        calls.push(JSON.parse((await stage.act(driver, "initialized", { action: "who", ms: 0 })).text));
      expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
      expect(calls.map(({ initialized }) => initialized)).toEqual([1, 1, 1]);
      const [first = 0] = calls.map((call) => call.calls);
      expect(calls.map((call) => call.calls)).toEqual([first, first + 1, first + 2]);
    },
  },
  {
    name: "runs in as many instances as it has calls at once, one call in each",
    fact: {
      says: "An instance has one request at a time, unless its concurrency was set.",
      grade: "D",
      source: "guide, Configuring Concurrency",
    },
    slow: true,
    async run(stage, driver) {
      // Long enough that all instances have started before the first call ends.
      const seen = await Promise.all(
        Array.from({ length: 3 }, () => stage.act(driver, "crowd", { action: "who", ms: 4000 })),
      );
      const told: readonly Who[] = seen.map(({ text }) => JSON.parse(text));
      expect(new Set(told.map(({ id }) => id)).size).toBe(3);
      expect(told.map(({ calls }) => calls)).toEqual([1, 1, 1]);
    },
  },
  {
    name: "leaves no process behind when its instance ends",
    fact: {
      says: "Processes that a function has started end with its instance.",
      grade: "I",
      source: "FAQ, about commands started in the background",
    },
    async run(stage, driver) {
      const seconds = `9${randomInt(1e5, 1e6)}`;
      const left = await stage.act(driver, "fragile", { action: "leave", seconds });
      expect(left).toMatchObject({ code: 0, text: "left" });
      expect(await processesWith(`sleep ${seconds}`)).not.toEqual([]);
      // Instances end when what they run is out of date.
      const urn = await stage.urnOf(driver, "fragile");
      await stage.configure(urn, { timeout: 30 + randomInt(1, 1000) });
      expect(await stage.act(driver, "fragile", { action: "text", text: "new" })).toMatchObject({
        text: "new",
      });
      expect(await noneLeftWith(`sleep ${seconds}`)).toEqual([]);
    },
  },
  {
    name: "gets temporary keys where it has an agency",
    fact: {
      says: "With an agency there are temporary keys and a token; without one they are empty.",
      grade: "D",
      source: "runtime guides, Context; guide, Configuring Agency Permissions",
    },
    not: { http: "a server gets no keys" },
    async run(stage, driver) {
      const urn = await stage.create(driver, "agency", {
        ...stage.settingsOf("act"),
        xrole: "orders-agency",
      });
      const told = JSON.parse((await stage.actAt(driver, urn, { action: "context" })).text);
      const keys =
        stage.runtime.name === "custom"
          ? ["access-key", "secret-key", "security-token", "auth-token"].map(
              (key) => told.headers[`x-cff-${key}`],
            )
          : ["SecurityAccessKey", "SecuritySecretKey", "SecurityToken", "Token"].map(
              (key) => told[`get${key}`][1],
            );
      for (const key of keys) expect(key).toMatch(/^\S+$/);
    },
  },
  {
    name: "writes to its own /tmp",
    fact: { says: "/tmp can be written to, 512 MB.", grade: "D", source: constraints },
    // Elsewhere it is the folder that TMPDIR names.
    isolated: true,
    async run(stage, driver) {
      const seen = await stage.act(driver, "act", { action: "write", path: "/tmp/order.txt" });
      expect(seen).toMatchObject({ code: 0, text: "written" });
    },
  },
  {
    name: "cannot write anywhere else",
    fact: {
      says: "The code's folder can only be read; of all folders only /tmp can be written to.",
      grade: "D",
      source: "FAQ, How Does a Function Read or Write Files",
    },
    isolated: true,
    async run(stage, driver) {
      for (const path of [
        "/opt/function/code/new.txt",
        "/opt/function/new.txt",
        "/home/snuser/new.txt",
        "/etc/new.txt",
        "/usr/new.txt",
        "/new.txt",
        "/var/new.txt",
      ]) {
        const { code, text } = await stage.act(driver, "act", { action: "write", path });
        expect({ path, code, text }).toEqual({ path, code: 0, text: expect.not.stringMatching(/^written$/) });
      }
    },
  },
];
