import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { AsyncCalls } from "../../../test/support/async-calls.ts";
import { ada, localApp } from "../../../test/support/local-app.ts";
import { SqliteStore } from "../../store/sqlite-store.ts";
import { createAsyncQueue } from "./create-queue.ts";
import { findAsyncInvocation } from "./find-invocation.ts";

const here = (path: string): string => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));

/** Accepts requests, of which some run and some have ended, and is killed as soon as it has said so. */
const program = (file: string): string => `
  const { ada, addLocalFunction, localApp } = await import(${here("../../../test/support/local-app.ts")});
  const { AsyncCalls } = await import(${here("../../../test/support/async-calls.ts")});
  const { SqliteStore } = await import(${here("../../store/sqlite-store.ts")});
  const { createAsyncQueue } = await import(${here("create-queue.ts")});
  const app = localApp({ store: new SqliteStore(${JSON.stringify(file)}) });
  await addLocalFunction(app, ada);
  const calls = new AsyncCalls(() => app.clock.now());
  const queue = createAsyncQueue(app, { invoke: calls.invoke, destinations: {}, concurrency: 2, log() {} });
  queue.start();
  const accept = (requestId) =>
    queue.accept({ projectId: ada.projectId, urn: "hello-orders", event: Buffer.from("{}"), requestId });
  for (const id of ["ended", "running-1", "running-2", "waiting"]) accept(id);
  (await calls.begun(1)).succeed();
  await calls.begun(3);
  accept("last");
  console.log("accepted");
  setInterval(() => {}, 1000);`;

it("what was accepted before kill -9 runs after it, and what had ended does not", async () => {
  const folder = await mkdtemp(join(tmpdir(), "async-kill-"));
  const file = join(folder, "state.db");
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program(file)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    const store = new SqliteStore(file);
    const app = localApp({ store });
    const calls = new AsyncCalls(() => app.clock.now());
    const queue = createAsyncQueue(app, { invoke: calls.invoke, destinations: {}, log: () => undefined });
    expect(queue.pending()).toBe(4);
    queue.start();
    for (const place of [1, 2, 3, 4]) (await calls.begun(place)).succeed();
    await queue.idle();
    expect(calls.ids).toEqual(["running-1", "running-2", "waiting", "last"]);
    const states = ["ended", ...calls.ids].map((id) =>
      store.read((tx) => findAsyncInvocation(tx, ada.projectId, id)?.record.status),
    );
    expect(states).toEqual(Array(5).fill("SUCCESS"));
    await queue.close();
    store.close();
  } finally {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
});
