import { pathToFileURL } from "node:url";
import { createFunctionGraph, type FunctionGraph, systemClock } from "@functiongraph/client";
import type { Emulator } from "@functiongraph/emulator";
import { vi } from "vitest";
import { guideExample } from "./guide-example.ts";
import { readerFolder } from "./reader-folder.ts";

/** An example that has come to its end, but for closing what it opened. */
export interface OpenExample {
  readonly emulator: Emulator;
  /** Sends each request once, by the emulator's time. */
  readonly fg: FunctionGraph;
  readonly path: { readonly function_urn: string };
  /** Other names of the program that were asked for. */
  readonly names: Readonly<Record<string, unknown>>;
  /** Runs the program's last piece, and removes its files. */
  finish(): Promise<void>;
}

/** Runs the program of an example in this process, up to its last piece. @param names what of its own the test wants to use */
export async function openExample(program: string, names: readonly string[] = []): Promise<OpenExample> {
  const example = guideExample(program);
  const folder = readerFolder(example);
  const [last = "", ...before] = example.pieces.toReversed();
  const exported = ["emulator", "function_urn", ...names].join(", ");
  const file = folder.write(
    example.name,
    `${before.toReversed().join("\n")}\nexport { ${exported} };\nexport async function finish() {\n${last}\n}\n`,
  );
  const silence = vi.spyOn(console, "log").mockReturnValue();
  try {
    const { emulator, function_urn, finish, ...rest } = await import(pathToFileURL(file).href);
    const { url: endpoint, projectId, credentials } = emulator;
    const clock = { ...systemClock, now: () => emulator.clock.now().getTime() };
    return {
      emulator,
      fg: createFunctionGraph({ endpoint, projectId, credentials, clock, maxRetries: 0 }),
      path: { function_urn },
      names: rest,
      finish: async () => {
        await finish();
        folder.remove();
        silence.mockRestore();
      },
    };
  } catch (error) {
    folder.remove();
    silence.mockRestore();
    throw error;
  }
}
