import { describe, expect, it } from "vitest";
import { createLogger, type LogLevel } from "./logger.ts";

function setUp(
  level: LogLevel,
  pretty = false,
): { lines: string[]; logger: ReturnType<typeof createLogger> } {
  const lines: string[] = [];
  const now = (): Date => new Date("2026-03-02T09:15:27.123Z");
  return {
    lines,
    logger: createLogger({
      level,
      pretty,
      write: (line) => lines.push(line),
      now,
      secrets: ["example-secret", 'qu"ote', ""],
    }),
  };
}

describe("the log", () => {
  it.each<[LogLevel, number]>([
    ["silent", 0],
    ["error", 1],
    ["warn", 2],
    ["info", 3],
    ["debug", 4],
  ])("of level %s has %d of four messages", (level, want) => {
    const { lines, logger } = setUp(level);
    for (const each of ["error", "warn", "info", "debug"] as const) logger[each]("message");
    expect(lines).toHaveLength(want);
  });

  it("is JSON", () => {
    const { lines, logger } = setUp("info");
    logger.info("GET /", { status: 200, code: undefined });
    expect(lines).toEqual([
      '{"time":"2026-03-02T09:15:27.123Z","level":"info","message":"GET /","status":200}\n',
    ]);
  });

  it("is readable on a terminal, whatever a request holds", () => {
    const { lines, logger } = setUp("info", true);
    logger.warn("GET /\u001b[2J", { status: 200, stack: "Error\n    at x" });
    expect(lines).toEqual(["09:15:27.123 warn  GET /\\u001b[2J status=200\nError\n    at x\n"]);
  });

  it.each([true, false])("holds no secret (pretty: %s)", (pretty) => {
    const { lines, logger } = setUp("info", pretty);
    logger.info('key example-secret and qu"ote', { stack: "at example-secret" });
    expect(lines.join("")).not.toMatch(/example-secret|qu.?"ote/);
  });
});
