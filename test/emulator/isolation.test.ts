import { createEmulator, type Emulator } from "@functiongraph/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { helloOrders, type Service, serviceOf, tokenFor } from "./service.ts";

const ours = { id: "0a1b2c3d4e5f60718293a4b5c6d7e8f9", name: "eu-de" };
const theirs = { id: "ffffffffffffffffffffffffffffffff", name: "eu-de_other" };
const urnOf = (project: string) => `urn:fss:eu-de:${project}:function:default:hello-orders`;

let emulator: Emulator;
let ada: Service;
let bob: Service;
let bobsToken: string;

beforeAll(async () => {
  emulator = await createEmulator({
    projects: [ours, theirs],
    users: [
      { name: "ada", password: "example-password", projects: [ours.id] },
      { name: "bob", password: "other-example-password", projects: [theirs.id] },
    ],
    validateResponses: true,
  });
  const { url } = emulator;
  const token = async (name: string, password: string, project: string) =>
    tokenFor(url, { name, password, domain: "example-domain" }, project);
  ada = serviceOf({ url, projectId: ours.id, token: await token("ada", "example-password", ours.id) });
  bobsToken = await token("bob", "other-example-password", theirs.id);
  bob = serviceOf({ url, projectId: theirs.id, token: bobsToken });
});
afterAll(async () => {
  await emulator.close();
});

describe("two projects", () => {
  it("have functions of the same name, each its own", async () => {
    const first = await ada.call("POST", "/fgs/functions", helloOrders);
    const second = await bob.call("POST", "/fgs/functions", { ...helloOrders, timeout: 31 });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body.func_urn).toBe(`${urnOf(ours.id)}:latest`);
    expect(second.body.func_urn).toBe(`${urnOf(theirs.id)}:latest`);
    expect((await ada.call("GET", "/fgs/functions/hello-orders/config")).body.timeout).toBe(30);
    expect((await bob.call("GET", "/fgs/functions/hello-orders/config")).body.timeout).toBe(31);
  });

  it("do not see each other's triggers, events, dependencies and quotas", async () => {
    const timer = { trigger_type_code: "TIMER", event_data: { schedule_type: "Rate", schedule: "5m" } };
    const { body: trigger } = await ada.call("POST", "/fgs/triggers/hello-orders", timer);
    const { body: event } = await ada.call("POST", "/fgs/functions/hello-orders/events", {
      name: "order",
      content: "e30=",
    });
    expect((await bob.call("GET", "/fgs/triggers/hello-orders")).body).toEqual([]);
    expect((await bob.call("GET", `/fgs/triggers/hello-orders/TIMER/${trigger.trigger_id}`)).status).toBe(
      404,
    );
    expect((await bob.call("DELETE", `/fgs/triggers/hello-orders/TIMER/${trigger.trigger_id}`)).status).toBe(
      404,
    );
    expect((await bob.call("GET", `/fgs/functions/hello-orders/events/${event.id}`)).status).toBe(404);
    expect((await ada.call("GET", `/fgs/functions/hello-orders/events/${event.id}`)).status).toBe(200);
    const used = async (service: Service) =>
      (await service.call("GET", "/fgs/quotas")).body.quotas.resources.find(
        ({ type }: { type: string }) => type === "fgs_func_num",
      ).used;
    expect([await used(ada), await used(bob)]).toEqual([1, 1]);
  });

  it("cannot be reached with the other's token, nor by the other's URN", async () => {
    const across = serviceOf({ url: emulator.url, projectId: ours.id, token: bobsToken });
    expect((await across.call("GET", "/fgs/functions")).status).toBe(403);
    expect((await across.call("DELETE", `/fgs/functions/${urnOf(ours.id)}`)).status).toBe(403);
    const foreign = await bob.call("GET", `/fgs/functions/${urnOf(ours.id)}/config`);
    expect([400, 403, 404]).toContain(foreign.status);
    expect(JSON.stringify(foreign.body)).not.toContain("index.handler");
    expect((await bob.call("DELETE", `/fgs/functions/${urnOf(ours.id)}`)).status).not.toBe(204);
    expect((await ada.call("GET", "/fgs/functions")).body.functions).toHaveLength(1);
  });

  it("are reset one by one", async () => {
    emulator.reset(theirs.id);
    expect((await bob.call("GET", "/fgs/functions")).body.functions).toEqual([]);
    expect((await ada.call("GET", "/fgs/functions")).body.functions).toHaveLength(1);
    expect(emulator.violations).toEqual([]);
  });
});
