import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { findProgram } from "../../sandbox/bubblewrap-trial.ts";
import { configuredProgram, configuredVersions, programKeys } from "./configured-programs.ts";

describe("configured programs", () => {
  const programs = {
    "Node.js20.15": "/a/node",
    "Node.js20": "/b/node",
    "Node.js": "/c/node",
    PHP8: "/d/php",
  };

  it.each([
    ["Node.js", "20.15", "Node.js20.15", "/a/node"],
    ["Node.js", "20.99", "Node.js20", "/b/node"],
    ["Node.js", "18.15", "Node.js", "/c/node"],
    ["Node.js", "", "Node.js", "/c/node"],
    ["PHP", "8.3", "PHP8", "/d/php"],
  ] as const)("%s %s is that of %s", (language, version, key, program) => {
    expect(configuredProgram(programs, language, version)).toEqual({ key, program });
  });

  it("leave other versions and languages alone", () => {
    expect(configuredProgram(programs, "PHP", "7.3")).toBeUndefined();
    expect(configuredProgram(programs, "Java", "8")).toBeUndefined();
  });

  it("may be named, or be told from the working folder on", () => {
    expect(configuredProgram({ Python: "sh" }, "Python", "3.9")?.program).toBe(findProgram("sh"));
    expect(configuredProgram({ Python: "bin/sh" }, "Python", "3.9")?.program).toBe(resolve("bin/sh"));
    expect(configuredProgram({ Python: "no-such-program" }, "Python", "3.9")?.program).toBe(
      "no-such-program",
    );
  });

  it("are of versions or of whole languages", () => {
    expect(configuredVersions(programs, "Node.js")).toEqual(["Node.js20.15", "Node.js20"]);
    expect(programKeys()).toEqual(
      expect.arrayContaining(["Java", "Java17", "Python3", "Python3.10", "PHP8.3"]),
    );
    expect(new Set(programKeys()).size).toBe(programKeys().length);
  });
});
