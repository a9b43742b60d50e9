import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { helloOrders, serviceOf } from "./service.ts";

let data: string;
let running: Emulator | undefined;
const start = async (): Promise<Emulator> => {
  running = await createEmulator({ data, validateResponses: true });
  return running;
};

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "emulator-restart-"));
});
afterEach(async () => {
  await running?.close();
  rmSync(data, { recursive: true, force: true });
});

describe("a data folder", () => {
  it("brings everything back after a restart", async () => {
    const before = serviceOf(await start());
    await before.call("POST", "/fgs/functions", helloOrders);
    await before.call("POST", "/fgs/functions/hello-orders/versions", { version: "v1" });
    await before.call("POST", "/fgs/functions/hello-orders/aliases", { name: "prod", version: "v1" });
    await before.call("POST", "/fgs/functions/hello-orders/events", { name: "order", content: "e30=" });
    await before.call("POST", "/fgs/triggers/hello-orders", {
      trigger_type_code: "TIMER",
      event_data: { name: "t", schedule_type: "Cron", schedule: "CRON_TZ=Europe/Berlin 0 30 8 ? * MON-FRI" },
    });
    const paths = [
      "",
      "/hello-orders/config",
      "/hello-orders/code",
      "/hello-orders/versions",
      "/hello-orders/aliases",
      "/hello-orders/events",
    ].map((path) => `/fgs/functions${path}`);
    const look = async (service: typeof before) =>
      Promise.all(
        [...paths, "/fgs/triggers/hello-orders", "/fgs/quotas"].map(async (path) => ({
          path,
          ...(await service.call("GET", path)),
          headers: undefined,
        })),
      );
    const seen = await look(before);
    expect(seen.map(({ status }) => status)).toEqual(seen.map(() => 200));
    await running?.close();
    const after = serviceOf(await start());
    expect(await look(after)).toEqual(seen);
    expect(
      (await after.call("POST", "/fgs/functions/hello-orders/versions", { version: "v2" })).body.error_code,
    ).toBe("FSS.1016");
    expect((await after.call("GET", "/fgs/functions/hello-orders/export?code=true&config=true")).status).toBe(
      200,
    );
  });

  it("belongs to one emulator at a time", async () => {
    await start();
    await expect(createEmulator({ data })).rejects.toThrow(/in use|another/i);
  });
});
