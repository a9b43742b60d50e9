import { afterEach, describe, expect, it } from "vitest";
import { createEmulator } from "../emulator.ts";
import type { Emulator } from "../start-emulator.ts";

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

describe("health", () => {
  it("tells of programs that are configured, for versions as for languages, whether they can run", async () => {
    const programs = { "Node.js20.15": "/nowhere/node", Java17: "/nowhere/java", PHP: "/nowhere/php" };
    emulator = await createEmulator({ runtime: { sandbox: "process", warm: 0, programs } });
    const answer = await fetch(`${emulator.url}/_emulator/health`);
    // The answer of health, as the table of the README describes it.
    const { runtimes } = (await answer.json()) as { runtimes: Record<string, object> };
    const failed = (program: string, key: string) => ({
      available: false,
      reason: expect.stringContaining(`The program ${program}, configured for ${key}, `),
    });
    expect(runtimes).toMatchObject({
      node: {
        available: true,
        program: process.execPath,
        configured: { "Node.js20.15": failed("/nowhere/node", "Node.js20.15") },
      },
      java: { configured: { Java17: failed("/nowhere/java", "Java17") } },
      php: failed("/nowhere/php", "PHP"),
    });
    expect(Object.keys(runtimes.custom ?? {})).toEqual(["available", "program", "version"]);
  });
});
