import { expect } from "vitest";
import { type CasesOf, cannot } from "./case.ts";
import { exampleBody } from "./examples.ts";
import { makeInline, orders, receipt } from "./setups.ts";
import { aliasFaults } from "./urn-faults.ts";
import type { Setup, World } from "./world.ts";

const order = { body: exampleBody("invokeFunction", "order") };
const greeting = '{"greeting":"Hello, Ada!","orders":2}';
const uuid = expect.stringMatching(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
const v1 = { "X-CFF-Request-Version": "v1" };
const tail = { "X-Cff-Log-Type": "tail" };
const dynamicMemory: Setup = (world) => makeInline(world, "hello-orders", { enable_dynamic_memory: true });
const disabled: Setup = async (world) => {
  await makeInline(world, "hello-orders");
  await world.made("updateFunctionMaxInstanceConfig", { body: { max_instance_num: 0 } });
};
/** A function that ends with an error, of the code that is given. */
const failing =
  (code: string): Setup =>
  (world) =>
    makeInline(world, "hello-orders", { func_code: { file: Buffer.from(code).toString("base64") } });
const throwing: Setup = failing("exports.handler = async () => { throw new TypeError('no order'); };");
/** What becomes of asynchronous requests is recorded. */
const recording: Setup = (world) =>
  world.made("updateFunctionAsyncInvokeConfig", {
    body: { max_async_event_age_in_seconds: 60, max_async_retry_attempts: 0, enable_async_status_log: true },
  });
const unknownMemory = {
  given: "a size of memory that there is not",
  setup: [dynamicMemory],
  send: { ...order, headers: { "X-Cff-Instance-Memory": "129" } },
};
const halt = { given: "a function whose instances are limited to 0", setup: [disabled], send: order };
const large = (bytes: number) => ({
  given: `an event of more than ${bytes} bytes`,
  setup: [orders],
  send: { body: { text: "x".repeat(bytes) } },
});
const oneCode = cannot("FSS.1201 is answered, which says the same of invocations.");
const knownLater = cannot(
  "A request is accepted; that nothing can run it is known later, and in its record.",
);

/** Running functions. */
export const invocation: CasesOf<"invokeFunction" | "asyncInvokeFunction" | "asyncInvokeReservedFunction"> = {
  invokeFunction: {
    successes: [
      {
        given: "the example, with the bare result",
        setup: [orders],
        send: order,
        check: async (_world, { body, headers }) => {
          expect(String(body)).toBe(greeting);
          expect(headers).toMatchObject({
            "content-type": expect.stringMatching(/^text\/plain/),
            "x-cff-request-id": uuid,
            "x-cff-response-version": "v0",
            "x-func-err-code": "0",
            "x-is-func-err": "false",
            "x-cff-billing-duration": expect.stringMatching(/^\d+$/),
          });
          expect(headers).not.toHaveProperty("x-cff-function-log");
          expect(JSON.parse(String(headers["x-cff-invoke-summary"]))).toMatchObject({ memorySize: 256 });
        },
      },
      {
        given: "a wish for the log, with the end of the log in a header",
        setup: [orders],
        send: { ...order, headers: tail },
        check: async (_world, { headers }) => {
          const log = Buffer.from(String(headers["x-cff-function-log"]), "base64").toString();
          expect(log).toMatch(
            /^2026-03-02T09:15:27Z Start invoke request '.{36}', version: latest\n\n2026-03-02T/,
          );
        },
      },
      {
        given: "a wish for v1, with an envelope",
        setup: [orders],
        send: { ...order, headers: v1 },
        want: { request_id: uuid, result: greeting, status: 200 },
      },
      {
        given: "a wish for v1 and the log, with both in the envelope",
        setup: [orders],
        send: { ...order, headers: { ...v1, ...tail } },
        want: { result: greeting, log: expect.stringContaining("Start invoke request") },
      },
      {
        given: "no body at all, as an empty event",
        setup: [orders],
        check: async (_world, { body }) =>
          expect(String(body)).toBe('{"greeting":"Hello, world!","orders":0}'),
      },
      {
        given: "another size of memory, where the function allows it",
        setup: [dynamicMemory],
        send: { ...order, headers: { "X-Cff-Instance-Memory": "512" } },
        check: async (_world, { headers }) =>
          expect(JSON.parse(String(headers["x-cff-invoke-summary"]))).toMatchObject({ memorySize: 512 }),
      },
      {
        given: "a function that throws, with its error",
        status: 500,
        setup: [throwing],
        send: order,
        want: {
          errorMessage: "function invocation exception, error: no order",
          errorType: "TypeError",
          stackTrace: [expect.stringContaining("./index.js:1:")],
        },
        check: async (_world, { headers }) =>
          expect(headers).toMatchObject({ "x-func-err-code": "4002", "x-is-func-err": "true" }),
      },
      {
        given: "a function that throws, with its error in the envelope",
        status: 500,
        setup: [throwing],
        send: { ...order, headers: v1 },
        want: { status: 500, result: expect.stringContaining('"errorType": "TypeError"') },
      },
      {
        given: "a function whose handler is missing",
        status: 500,
        setup: [(world) => makeInline(world, "hello-orders", { handler: "index.missing" })],
        send: order,
        want: { errorType: "FunctionConfigError" },
        check: async (_world, { headers }) => expect(headers["x-func-err-code"]).toBe("4001"),
      },
      {
        given: "a function that gives a text as its error, with the text",
        status: 500,
        setup: [failing("exports.handler = (event, context, callback) => callback('no order');")],
        send: order,
        check: async (_world, { body }) => expect(String(body)).toBe("no order"),
      },
    ],
    refusals: {
      ...aliasFaults(order),
      "FSS.0404": cannot("FSS.1051, FSS.1052 or FSS.1053 is answered, which say what is missing."),
      "FSS.0406": unknownMemory,
      "FSS.0413": oneCode,
      "FSS.0429": halt,
      "FSS.0503": {
        given: "a function from a container image, which does not run here",
        setup: [receipt],
        send: { path: { function_urn: "read-receipt" }, body: {} },
      },
      "FSS.1201": large(6 * 1024 * 1024),
    },
  },
  asyncInvokeFunction: {
    successes: [
      {
        given: "the example, and runs it",
        setup: [orders, recording],
        send: order,
        want: { request_id: uuid },
        check: async (world, { body }) => {
          expect(await stateOf(world, body)).toMatchObject({ status: "SUCCESS", error_code: 0 });
        },
      },
      {
        given: "a request that fails, and records how",
        setup: [throwing, recording],
        send: order,
        want: { request_id: uuid },
        check: async (world, { body }) => {
          expect(await stateOf(world, body)).toMatchObject({ status: "FAIL", error_code: 4002 });
        },
      },
    ],
    refusals: {
      ...aliasFaults(order),
      "FSS.0404": cannot("FSS.1051, FSS.1052 or FSS.1053 is answered, which say what is missing."),
      "FSS.0406": unknownMemory,
      "FSS.0413": oneCode,
      "FSS.0429": halt,
      "FSS.0503": knownLater,
      "FSS.1201": large(256 * 1024),
    },
  },
  asyncInvokeReservedFunction: {
    successes: [
      {
        given: "the example, and runs it",
        setup: [orders, recording],
        send: order,
        want: { instance_id: uuid },
        check: async (world, { body }) => {
          expect(await stateOf(world, body)).toMatchObject({ status: "SUCCESS" });
        },
      },
    ],
    refusals: { ...aliasFaults(order), "FSS.0503": knownLater },
  },
};

/** How an asynchronous request has ended. */
async function stateOf(world: World, answer: unknown): Promise<unknown> {
  // One of the two, as the operations answer.
  const { request_id, instance_id } = answer as Record<string, string | undefined>;
  const query = { request_id: request_id ?? instance_id ?? "" };
  const find = async (): Promise<Record<string, unknown> | undefined> => {
    const { invocations } = await world.made("listAsyncInvocations", { query });
    // A list of objects, as the description has it.
    return (invocations as Record<string, unknown>[])[0];
  };
  await expect.poll(find, { timeout: 10_000 }).toHaveProperty("end_time");
  return find();
}
