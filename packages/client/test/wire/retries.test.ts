import { describe, expect, test } from "vitest";
import { createFunctionGraph, FunctionGraphError } from "../../src/index.ts";
import { closedAddress } from "../support/closed-address.ts";
import { type Behaviour, keys, projectId } from "../support/gateway.ts";
import { quickClock } from "../support/quick-clock.ts";
import { withGateway } from "../support/with-gateway.ts";

const functionUrn = { function_urn: "hello" };
const failed = (status: number, error_code = "FSS.0503"): Behaviour => ({
  status,
  body: { error_code, error_msg: "Not now" },
});

type Call = Parameters<typeof makeCall>[1];
function makeCall(
  fg: Awaited<ReturnType<typeof withGateway>>["fg"],
  call: "get" | "put" | "delete" | "post" | "invoke",
): Promise<unknown> {
  if (call === "get") return fg.listFunctions();
  if (call === "put")
    return fg.updateTracing({ path: functionUrn, body: { tracing_ak: "a", tracing_sk: "s" } });
  if (call === "delete") return fg.deleteFunction({ path: functionUrn });
  if (call === "post") return fg.createFunctionVersion({ path: functionUrn, body: {} });
  return fg.invokeFunction({ path: functionUrn, body: {} });
}

test.each<[Call, string, Behaviour, number]>([
  ["get", "503", failed(503), 2],
  ["get", "502", failed(502), 2],
  ["get", "504", failed(504), 2],
  ["get", "408", failed(408), 2],
  ["get", "429", failed(429), 2],
  ["get", "500", failed(500), 1],
  ["get", "404", failed(404), 1],
  ["get", "a cut connection", { cut: "answer" }, 2],
  ["get", "a cut body", { body: { functions: [] }, cut: "body" }, 2],
  ["put", "503", failed(503), 2],
  ["delete", "a cut connection", { cut: "answer" }, 2],
  ["post", "503", failed(503), 1],
  ["post", "a cut connection", { cut: "answer" }, 1],
  ["post", "a cut body", { body: {}, cut: "body" }, 1],
  ["post", "429", failed(429), 2],
  ["post", "the gateway's refusal for its load", failed(503, "APIGW.0308"), 2],
  ["invoke", "502", failed(502), 1],
  ["invoke", "504 of a gateway that did not wait", { status: 504, body: "<html>" }, 1],
  ["invoke", "a cut connection", { cut: "answer" }, 1],
  ["invoke", "429 before it ran", failed(429), 2],
  [
    "invoke",
    "429 of a run",
    { status: 429, headers: { "x-func-err-code": "4002" }, body: { errorMessage: "mine" } },
    1,
  ],
])("%s, after %s, is sent %4$d times", async (call, _what, behaviour, times) => {
  const { fg, gateway } = await withGateway([behaviour, { body: {} }]);
  await makeCall(fg, call).catch(() => {});
  expect(gateway.received).toHaveLength(times);
});

test("a POST whose connection was refused is sent again, for it cannot have arrived", async () => {
  let tries = 0;
  const closed = await closedAddress();
  const refuse = async (url: string, init: RequestInit): Promise<Response> =>
    tries++ === 0 ? fetch(closed, init) : fetch(url, init);
  const { fg, gateway } = await withGateway([{ body: {} }], { fetch: refuse });
  await makeCall(fg, "post");
  expect([tries, gateway.received.length]).toEqual([2, 1]);
});

test("a burst of failures ends with the last of them after maxRetries, with a signature for each", async () => {
  const { fg, gateway, clock } = await withGateway([failed(503)]);
  const error = await fg.listFunctions({}, { maxRetries: 4 }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(FunctionGraphError);
  expect(error).toMatchObject({ status: 503, code: "FSS.0503", retryable: true });
  expect(gateway.received).toHaveLength(5);
  expect(
    clock.pauses.map((pause, index) => pause > 100 * 2 ** index - 1 && pause <= 200 * 2 ** index),
  ).toEqual([true, true, true, true]);
  const dates = new Set(gateway.received.map(({ headers }) => headers["x-sdk-date"]));
  expect(dates.size).toBeGreaterThan(1);
});

test("maxRetries of 0 sends once", async () => {
  const { fg, gateway } = await withGateway([failed(503)], { maxRetries: 0 });
  await expect(fg.listFunctions()).rejects.toThrow(FunctionGraphError);
  expect(gateway.received).toHaveLength(1);
});

describe("Retry-After", () => {
  test.each([
    ["in seconds", "7", 7000],
    ["as a date", new Date(Date.parse("2026-03-02T09:00:30Z")).toUTCString(), 30_000],
  ])("%s is kept to", async (_form, value, pause) => {
    const now = Date.parse("2026-03-02T09:00:00Z");
    const clock = quickClock(now);
    const { fg } = await withGateway(
      [{ ...failed(429), headers: { "retry-after": value } }, {}],
      { clock },
      { now: () => now },
    );
    await fg.listFunctions();
    expect(clock.pauses).toEqual([pause]);
  });

  test("beyond the time of the call is not waited for", async () => {
    const { fg, gateway, clock } = await withGateway([{ ...failed(429), headers: { "retry-after": "61" } }]);
    await expect(fg.listFunctions()).rejects.toMatchObject({ status: 429 });
    expect([gateway.received.length, clock.pauses]).toEqual([1, []]);
  });
});

test("a service that cannot be reached is an error of status 0 that tells the address and the reason", async () => {
  const fg = createFunctionGraph({
    endpoint: await closedAddress(),
    credentials: keys,
    projectId,
    clock: quickClock(),
  });
  const error = await fg.listFunctions().catch((error: unknown) => error);
  expect(error).toMatchObject({
    name: "FunctionGraphError",
    status: 0,
    retryable: true,
    operation: "listFunctions",
  });
  expect(String(error)).toMatch(
    /^FunctionGraphError: GET \/v2\/.*\/fgs\/functions: no answer: .*ECONNREFUSED/,
  );
});
