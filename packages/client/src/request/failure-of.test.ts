import { expect, test } from "vitest";
import { closedAddress } from "../../test/support/closed-address.ts";
import { failureOf } from "./failure-of.ts";
import type { Failure } from "./retry-rules.ts";

test("a connection that this machine refuses is told from other trouble", async () => {
  const error: unknown = await fetch(await closedAddress()).catch((error: unknown) => error);
  expect(failureOf(error)).toBe("refused");
});

test.each<[string, unknown, Failure]>([
  [
    "Node, several addresses",
    new TypeError("fetch failed", { cause: Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }) }),
    "refused",
  ],
  [
    "Node, unknown host",
    new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND x.example") }),
    "refused",
  ],
  [
    "Node, slow connection",
    new TypeError("fetch failed", { cause: new Error("Connect Timeout Error") }),
    "refused",
  ],
  [
    "Deno",
    new TypeError("error sending request for url (http://h/): client error (Connect): tcp connect error"),
    "refused",
  ],
  ["Bun", new Error("Unable to connect. Is the computer able to access the url?"), "refused"],
  ["a browser", new TypeError("Failed to fetch"), "network"],
  [
    "a connection that was reset",
    new TypeError("fetch failed", { cause: new Error("read ECONNRESET") }),
    "network",
  ],
  ["something else", "what?", "network"],
])("%s", (_who, error, want) => {
  expect(failureOf(error)).toBe(want);
});
