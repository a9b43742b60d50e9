import { expect, it } from "vitest";
import { journaledApp } from "../../../test/support/journaled-app.ts";
import { ada, addLocalFunction } from "../../../test/support/local-app.ts";
import { ServiceError } from "../service-error.ts";
import { invoke } from "./invoke.ts";

it.each([
  ["sync", 1],
  // It goes back to the queue, and is tried again.
  ["async", 0],
] as const)(
  "a call that is refused counts as rejected unless it waits in the queue: %s",
  async (type, want) => {
    const base = journaledApp();
    await addLocalFunction(base, ada, { func_name: "hello" });
    const run = (): never => {
      throw new ServiceError("FSS.0429", "Too many calls");
    };
    const app = { ...base, runner: { ...base.runner, run } };
    const input = {
      projectId: ada.projectId,
      urn: "hello",
      event: Buffer.from("{}"),
      requestId: "one",
      type,
    };
    await expect(invoke(app, input)).rejects.toMatchObject({ code: "FSS.0429" });
    expect(base.journal.counters.all()[0]?.outcomes.rejected ?? 0).toBe(want);
  },
);
