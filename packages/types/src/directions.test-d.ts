import { describe, expectTypeOf, test } from "vitest";
import type {
  $Read,
  $Write,
  Binary,
  components,
  Other,
  Readable,
  SmnEventData,
  SmnEventDataInput,
  Writable,
} from "./index.js";

interface Account {
  name: string;
  id: $Read<number>;
  password?: $Write<string>;
  keys: { label: string; secret: $Write<string> }[];
}

describe("what is returned", () => {
  test("has the read-only properties as plain values and lacks what is only sent", () => {
    expectTypeOf<Readable<Account>>().toEqualTypeOf<{
      name: string;
      id: number;
      keys: { label: string }[];
    }>();
  });

  test("is what a named schema describes", () => {
    expectTypeOf<Exclude<SmnEventData["subscription_status"], undefined>>().toExtend<string>();
    expectTypeOf<components["schemas"]["SmnEventData"]["subscription_status"]>().toExtend<
      $Read<unknown> | undefined
    >();
  });
});

describe("what is sent", () => {
  test("has the write-only properties as plain values", () => {
    const account: Writable<Account> = {
      name: "a",
      password: "not-a-real-one",
      keys: [{ label: "k", secret: "s" }],
    };
    expectTypeOf(account.password).toEqualTypeOf<string | undefined>();
  });

  test("refuses what only the service sets", () => {
    // @ts-expect-error the service sets the id
    const account: Writable<Account> = { name: "a", id: 1, keys: [] };
    const event: SmnEventDataInput = {
      topic_urn: "urn:smn:eu-de:0a1b2c3d:orders",
      // @ts-expect-error the service sets the state of the subscription
      subscription_status: "Confirmed",
    };
    expectTypeOf(account.name).toEqualTypeOf(event.topic_urn);
  });
});

describe("both directions", () => {
  test("leave strings, bytes, unknown values and maps as they are", () => {
    type Leaves = {
      open: "a" | (string & {});
      other: Other<"a">;
      bytes: Binary;
      any: unknown;
      map: Record<string, string>;
      none: null;
    };
    expectTypeOf<Leaves>().toEqualTypeOf<Readable<Leaves>>();
    expectTypeOf<Writable<Leaves>["open"]>().toEqualTypeOf<Leaves["open"]>();
  });
});
