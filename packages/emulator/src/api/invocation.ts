import type { Call, Handler } from "../contract/handler.ts";
import type { App } from "../core/app.ts";
import type { InvocationInput } from "../core/invocation/contract.ts";
import { invoke } from "../core/invocation/invoke.ts";
import { replyOf } from "../core/invocation/reply.ts";

/** What a call without a body hands to the function. */
const emptyEvent: Uint8Array = Buffer.from("{}");

export const invokeFunction: Handler<"invokeFunction"> = async (call, app) => {
  const { headers } = call;
  // The call's signal is not handed on: a run goes on when its caller has left.
  const outcome = await invoke(app, inputOf(call, "sync", app));
  return replyOf(outcome, {
    version: headers["X-CFF-Request-Version"] === "v1" ? "v1" : "v0",
    withLog: headers["X-Cff-Log-Type"] === "tail",
  });
};

export const asyncInvokeFunction: Handler<"asyncInvokeFunction"> = (call, app) => ({
  body: { request_id: accept(call, app) },
});

export const asyncInvokeReservedFunction: Handler<"asyncInvokeReservedFunction"> = (call, app) => ({
  body: { instance_id: accept(call, app) },
});

function accept(call: Call<"asyncInvokeFunction" | "asyncInvokeReservedFunction">, app: App): string {
  const input = inputOf(call, "async", app);
  app.queue.accept(input);
  return input.requestId;
}

function inputOf(
  call: Pick<Call<"invokeFunction">, "bytes" | "allHeaders" | "caller" | "path">,
  type: InvocationInput["type"],
  app: App,
): InvocationInput {
  const headers = call.allHeaders;
  const event = withoutMark(call.bytes);
  return {
    projectId: call.caller.projectId,
    urn: call.path.function_urn,
    event: event.byteLength > 0 ? event : emptyEvent,
    requestId: app.rng.uuid(),
    type,
    headers,
    instanceMemoryMb: readMemory(headers["x-cff-instance-memory"]),
  };
}

/** JSON without the byte order mark that some programs begin a file with; most parsers, those of functions too, do not take it. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return isMarked ? bytes.subarray(3) : bytes;
}

/** MB as the header tells them: in digits. Everything else is NaN, which is no size that there is. */
function readMemory(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  return /^[1-9]\d*$/.test(header) ? Number(header) : Number.NaN;
}
