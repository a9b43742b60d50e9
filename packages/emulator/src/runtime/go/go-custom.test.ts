import { expect, it } from "vitest";
import { buildGo, missingGo } from "../../../test/support/go-programs.ts";
import { callOf, textOf, tryAdapter } from "../../../test/support/try-function.ts";
import { createCustomAdapter } from "../custom/custom-adapter.ts";

const title =
  missingGo === undefined
    ? "runs a Go program with the loop of a custom runtime"
    : `runs Go programs (skipped: ${missingGo})`;

it.skipIf(missingGo !== undefined)(
  title,
  async () => {
    const program = await buildGo("custom");
    const bench = await tryAdapter((parts) => createCustomAdapter({ ...parts, pollSeconds: 0.2 }));
    try {
      const worker = await bench.start({ bootstrap: program.bytes }, { userData: { COLOR: "blue" } });
      await worker.initialize();
      expect(textOf(await worker.call(callOf({ count: 1 })))).toEqual({
        code: 0,
        payload: '{"color":"blue","count":2}',
      });
      const { payload } = textOf(await worker.call(callOf("no order", "second")));
      expect(JSON.parse(payload)).toMatchObject({ errorType: "EventError" });
    } finally {
      await bench.close();
    }
  },
  180_000,
);
