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
  const memory = headers["x-cff-instance-memory"];
  return {
    projectId: call.caller.projectId,
    urn: call.path.function_urn,
    event: call.bytes.byteLength > 0 ? call.bytes : emptyEvent,
    requestId: app.rng.uuid(),
    type,
    headers,
    instanceMemoryMb: memory === undefined ? undefined : Number(memory),
  };
}
