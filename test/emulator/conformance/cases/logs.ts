import { expect, vi } from "vitest";
import { type ConformanceCase, type ConformanceScenario, everywhere, onlyFor } from "../conformance-case.ts";
import { ownClientName } from "../drivers/own-client.ts";
import { linesOf } from "../lines-of.ts";

const logText = "API reference, Executing a Function Synchronously; captured logs in the runtimes' samples";
const noContext = "its program gets no context object";

/** What of a call is in its log. */
export const logs: readonly ConformanceCase[] = [
  {
    name: "has its lines in the log between a line of the start and one of the end",
    fact: {
      says: "The log has `Start invoke request`, what was printed, and `Finish invoke request` with duration and memory.",
      grade: "D",
      source: logText,
    },
    event: { action: "print", lines: 2 },
    want: everywhere({
      code: 0,
      log: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ Start invoke request '[\w-]+', version: latest\nline 00001 äöü\nline 00002 äöü\n\n\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ Finish invoke request '[\w-]+', duration: [\d.]+ms, billing duration: \d+ms, memory used: [\d.]+MB, billing memory: \d+MB/,
    }),
  },
  {
    name: "logs through its context, by levels, of which DEBUG is hidden at first",
    fact: {
      says: "The context's logger writes time, request ID, level and text; its first level is INFO.",
      grade: "C",
      source: "samples of the Node.js runtime",
    },
    event: { action: "levels" },
    want: onlyFor(
      {
        node: { code: 0, log: /\nT?(\S+Z) ([\w-]+) INFO shown\n\S+Z \2 ERROR wrong\non standard error\n/ },
        php: { code: 0, log: /(\S+Z) ([\w-]+) INFO shown\n\S+Z \2 ERROR wrong\n/ },
        python: { code: 0, log: /(\S+Z) ([\w-]+) INFO shown\n\S+Z \2 ERROR wrong\n/ },
        java: { code: 0, log: /(\S+Z) ([\w-]+) INFO shown\n\S+Z \2 ERROR wrong\non standard error\n/ },
        // Its logger has no levels.
        go: { code: 0, log: /\n\S+Z [\w-]+ shown\non standard error\n/ },
      },
      noContext,
    ),
    after: async (_stage, _driver, { log }) => {
      expect(log).not.toContain("hidden");
      expect(log).toContain("on standard error");
    },
  },
];

const count = 20_000;

/** What of many lines is where. */
export const longLogs: readonly ConformanceScenario[] = [
  {
    name: "prints 20,000 lines, which are all in the log file; callers get the end",
    fact: {
      says: "Callers who ask for it get the last 2,000 bytes in a header (v0), or the last 4 KB in the answer (v1).",
      grade: "D",
      source: "API reference, Executing a Function Synchronously",
    },
    async run(stage, driver) {
      const { code, log, requestId } = await stage.act(driver, "act", { action: "print", lines: count });
      expect(code).toBe(0);
      const most = driver.name === ownClientName ? 2000 : 4096;
      const bytes = Buffer.byteLength(log);
      // A character of several bytes is left out as a whole.
      expect(bytes).toBeLessThanOrEqual(most);
      expect(bytes).toBeGreaterThan(most - 4);
      const [last, lastButOne] = linesOf(log).toReversed();
      expect([lastButOne, last]).toEqual([`line ${count} äöü`, `line ${count - 1} äöü`].toReversed());
      expect(log).toMatch(new RegExp(`\\nline ${count} äöü\\n\\n\\S+ Finish invoke request '${requestId}'`));
      const text = await vi.waitFor(
        async () => {
          const file = await stage.logFile(driver, "act");
          expect(file).toContain(`Finish invoke request '${requestId}'`);
          return file.slice(file.indexOf(`Start invoke request '${requestId}'`));
        },
        { timeout: 5000, interval: 20 },
      );
      const all = Array.from({ length: count }, (_, line) => `line ${String(line + 1).padStart(5, "0")} äöü`);
      expect(linesOf(text).join("\n")).toBe(all.join("\n"));
    },
  },
];
