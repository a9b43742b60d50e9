import { beforeEach, describe, expect, it } from "vitest";
import {
  ada,
  addLocalFunction,
  bob,
  forgetLocalFunction,
  type LocalApp,
  localApp,
} from "../../test/support/local-app.ts";
import { perform } from "../../test/support/perform.ts";
import { createEvent, deleteEvent, listEvents, showEvent, updateEvent } from "./test-events.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const orders = base64('{"name":"Ada","orders":[{"id":1},{"id":2}]}');
const path = { function_urn: "default:hello-orders" };

let app: LocalApp;
const create = (name: string, content = orders, urn = path.function_urn) =>
  perform(app, ada, "createEvent", createEvent, { path: { function_urn: urn }, body: { name, content } });

beforeEach(async () => {
  app = localApp();
  await addLocalFunction(app, ada);
});

describe("test events", () => {
  it("are stored, shown, listed in the order of creation, changed and deleted", async () => {
    const { body: first } = await create("order-created");
    const { body: second } = await create("a-second");
    expect(first).toEqual({ id: expect.any(String), name: "order-created" });
    const event_id = first.id ?? "";
    const shown = await perform(app, ada, "showEvent", showEvent, { path: { ...path, event_id } });
    expect(shown.body).toEqual({ ...first, content: orders, last_modified: 1772445600 });

    app.setTime("2026-03-02T10:05:00Z");
    const changed = await perform(app, ada, "updateEvent", updateEvent, {
      path: { ...path, event_id },
      body: { content: base64("3") },
    });
    expect(changed).toMatchObject({ status: 200, body: first });
    const list = await perform(app, ada, "listEvents", listEvents, { path });
    expect(list.body).toEqual({
      events: [
        { ...first, last_modified: 1772445900 },
        { ...second, last_modified: 1772445600 },
      ],
      count: 2,
      next_marker: 2,
    });

    expect(
      await perform(app, ada, "deleteEvent", deleteEvent, { path: { ...path, event_id } }),
    ).toMatchObject({ status: 204 });
    const left = await perform(app, ada, "listEvents", listEvents, { path });
    expect(left.body.count).toBe(1);
  });

  it("belong to their function and project", async () => {
    await addLocalFunction(app, ada, { func_name: "hello" });
    await addLocalFunction(app, bob);
    await create("order-created");
    const other = await perform(app, ada, "listEvents", listEvents, { path: { function_urn: "hello" } });
    const foreign = await perform(app, bob, "listEvents", listEvents, { path });
    expect([other.body, foreign.body]).toEqual(Array(2).fill({ events: [], count: 0, next_marker: 0 }));
  });

  it("go with their function, not with a version", async () => {
    await create("order-created");
    const remove = (qualifier?: string) => forgetLocalFunction(app, ada, "hello-orders", qualifier);
    remove("v1");
    expect((await perform(app, ada, "listEvents", listEvents, { path })).body.count).toBe(1);
    remove();
    expect((await perform(app, ada, "listEvents", listEvents, { path })).body.count).toBe(0);
  });

  it("are at most ten", async () => {
    for (let index = 0; index < 10; index++) await create(`event-${index}`);
    expect((await create("one-more")).error).toMatch(/^FSS.1068 .*at most 10/);
  });

  it("take a content of up to 4 KB", async () => {
    const text = (bytes: number) => base64(`"${"x".repeat(bytes - 2)}"`);
    expect((await create("full", text(4096))).status).toBe(200);
    expect(await create("more", text(4097))).toMatchObject({
      status: 403,
      error: expect.stringMatching(/^FSS.1069 The size of EventData exceeds 4 KB/),
    });
  });

  it.each([
    ["a name that is taken", { name: "taken" }, "FSS.1073"],
    ["a name that ends in a hyphen", { name: "order-" }, "FSS.1074"],
    ["a name of 26 letters", { name: "a".repeat(26) }, "FSS.1074"],
    ["a content that is not Base64", { content: '{"a":1}' }, "FSS.1074"],
    ["a content that is not JSON", { content: base64("{") }, "FSS.1074"],
    [
      "a content that is no UTF-8",
      { content: Buffer.from([0x22, 0xff, 0x22]).toString("base64") },
      "FSS.1074",
    ],
    ["an empty content", { content: "" }, "FSS.1074"],
    ["a function that is not there", { urn: "default:nobody" }, "FSS.1051"],
    ["a version that is not there", { urn: `${ada.projectId}:default:hello-orders:v9` }, "FSS.1051"],
    ["a URN of five fields", { urn: "a:b:c:d:e" }, "FSS.1309"],
  ])(
    "refuse %s",
    async (_, {
      name = "order-created",
      content = orders,
      urn = path.function_urn,
    }: { name?: string; content?: string; urn?: string }, code) => {
      await create("taken");
      expect((await create(name, content, urn)).error).toMatch(new RegExp(`^${code} `));
    },
  );

  it("refuse an ID that is not there", async () => {
    const missing = { ...path, event_id: "none" };
    const answers = [
      await perform(app, ada, "showEvent", showEvent, { path: missing }),
      await perform(app, ada, "updateEvent", updateEvent, { path: missing, body: { content: orders } }),
      await perform(app, ada, "deleteEvent", deleteEvent, { path: missing }),
    ];
    expect(answers.map(({ status, error }) => [status, error])).toEqual(
      Array(3).fill([404, "FSS.1070 The event cannot be found."]),
    );
  });
});
