import { expect, it } from "vitest";
import {
  type AsynchronousOptions,
  createEmulator,
  type EmulatorOptions,
  type RunnerOptions,
  SnapshotError,
} from "./index.ts";

it("exports the error of a snapshot that is none, and the types that the options are made of", async () => {
  const runtime: RunnerOptions = { sandbox: "process", warm: 0 };
  const asynchronous: AsynchronousOptions = { concurrency: 1 };
  const options: EmulatorOptions = { runtime, asynchronous };
  const emulator = await createEmulator(options);
  try {
    async function* none(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("no snapshot");
    }
    await expect(emulator.restore(none())).rejects.toThrow(SnapshotError);
  } finally {
    await emulator.close(0);
  }
});
