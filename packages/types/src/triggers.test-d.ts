import { describe, expectTypeOf, test } from "vitest";
import type { CreateTriggerRequest, TimerEventData, Trigger } from "./index.js";
import { other } from "./index.js";

declare const trigger: Trigger;

describe("a trigger", () => {
  test("has the event data of its type once the type is known", () => {
    if (trigger.trigger_type_code === "TIMER") {
      expectTypeOf(trigger.event_data).toEqualTypeOf<TimerEventData>();
      expectTypeOf(trigger.event_data.schedule).toEqualTypeOf<string>();
    }
  });

  test("narrows in a switch, and what is left over is of an unknown type", () => {
    switch (trigger.trigger_type_code) {
      case "SMN":
        expectTypeOf(trigger.event_data.topic_urn).toEqualTypeOf<string>();
        break;
      case "KAFKA":
        expectTypeOf(trigger.event_data.topic_ids).toEqualTypeOf<string[]>();
        break;
      default:
        expectTypeOf<Extract<typeof trigger, { trigger_type_code: "SMN" | "KAFKA" }>>().toBeNever();
    }
  });

  test("has no event data of a type before the type is known", () => {
    // @ts-expect-error only timers have a schedule
    trigger.event_data.schedule;
  });

  test("can have a type that the description does not know", () => {
    const made: CreateTriggerRequest = { trigger_type_code: other("NEWTYPE"), event_data: { anything: 1 } };
    expectTypeOf(made.trigger_type_code).toExtend<string>();
    expectTypeOf(trigger.trigger_type_code === other("NEWTYPE")).toEqualTypeOf<boolean>();
  });
});

describe("creating a trigger", () => {
  test("takes the event data of the named type", () => {
    const timer: CreateTriggerRequest = {
      trigger_type_code: "TIMER",
      event_data: { name: "nightly", schedule_type: "Cron", schedule: "0 15 2 * * ?" },
    };
    expectTypeOf(timer).toExtend<CreateTriggerRequest>();
  });

  test("refuses the event data of another type", () => {
    const request: CreateTriggerRequest = {
      trigger_type_code: "TIMER",
      // @ts-expect-error a timer has no topic
      event_data: { topic_urn: "urn:smn:eu-de:0a1b2c3d:orders" },
    };
    expectTypeOf(request).toExtend<CreateTriggerRequest>();
  });

  test("refuses a misspelt type unless it is said to be another one", () => {
    const request: CreateTriggerRequest = {
      // @ts-expect-error the type is TIMER; unknown types go through other()
      trigger_type_code: "TIMR",
      event_data: { schedule_type: "Rate", schedule: "3m" },
    };
    expectTypeOf(request).toExtend<CreateTriggerRequest>();
  });
});
