import type { Case, CasesOf } from "./case.ts";
import { exampleBody } from "./examples.ts";
import { base64 } from "./packages.ts";
import { event, orders } from "./setups.ts";
import { functionFaults } from "./urn-faults.ts";
import type { World } from "./world.ts";

const body = exampleBody("createEvent", "event");
const changed = exampleBody("updateEvent", "event");
const known = (world: World) => ({ path: { event_id: world.id("event") } });
const nowhere = { path: { event_id: "a1b2c3d4-e5f6-4708-9192-a3b4c5d6e7f8" } };
const unknownEvent: Case = { given: "an event that is not there", setup: [orders], send: nowhere };
const tooLarge = base64(JSON.stringify({ text: "x".repeat(4096) }));

/** Sample events that are kept with a function. */
export const testEvents: CasesOf<"listEvents" | "createEvent" | "showEvent" | "updateEvent" | "deleteEvent"> =
  {
    listEvents: {
      successes: [
        { given: "no events", setup: [orders], want: { count: 0, events: [] } },
        { given: "one event", setup: [event], want: { count: 1, events: [{ name: "order-created" }] } },
      ],
      refusals: { ...functionFaults() },
    },
    createEvent: {
      successes: [
        {
          given: "the event of the example",
          setup: [orders],
          send: { body },
          want: { name: "order-created" },
        },
      ],
      refusals: {
        ...functionFaults({ body }),
        "FSS.1068": {
          given: "one event more than a function may have",
          setup: [event, (world) => world.made("createEvent", { body: { ...body, name: "second" } })],
          send: { body: { ...body, name: "third" } },
        },
        "FSS.1069": {
          given: "a content of more than 4 KB",
          setup: [orders],
          send: { body: { ...body, content: tooLarge } },
        },
        "FSS.1073": { given: "a name that is taken", setup: [event], send: { body } },
        "FSS.1074": [
          {
            given: "a name that starts with a digit",
            setup: [orders],
            send: { body: { ...body, name: "1st" } },
          },
          {
            given: "a content that is not JSON",
            setup: [orders],
            send: { body: { ...body, content: base64("{") } },
          },
        ],
      },
    },
    showEvent: {
      successes: [
        {
          given: "an event",
          setup: [event],
          send: known,
          want: { name: "order-created", content: body.content },
        },
      ],
      refusals: { ...functionFaults(nowhere), "FSS.1070": unknownEvent },
    },
    updateEvent: {
      successes: [
        {
          given: "another content",
          setup: [event],
          send: (world) => ({ ...known(world), body: changed }),
          check: async (world) => {
            const { content } = await world.made("showEvent", known(world));
            if (content !== changed.content) throw new Error(`The content is ${content}.`);
          },
        },
      ],
      refusals: {
        ...functionFaults({ ...nowhere, body: changed }),
        "FSS.1069": {
          given: "a content of more than 4 KB",
          setup: [event],
          send: (world) => ({ ...known(world), body: { content: tooLarge } }),
        },
        "FSS.1070": { ...unknownEvent, send: { ...nowhere, body: changed } },
        "FSS.1074": {
          given: "a content that is not Base64",
          setup: [event],
          send: (world) => ({ ...known(world), body: { content: "{}" } }),
        },
      },
    },
    deleteEvent: {
      successes: [{ given: "an event", setup: [event], send: known }],
      refusals: {
        ...functionFaults(nowhere),
        "FSS.1070": [
          unknownEvent,
          {
            given: "an event that is gone already",
            setup: [event, (world) => world.made("deleteEvent", known(world))],
            send: known,
          },
        ],
      },
    },
  };
