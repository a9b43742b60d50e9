import type { IncomingMessage } from "node:http";
import { mostEventBytes } from "../../core/functions/check-invocation.ts";
import { ServiceError } from "../../core/service-error.ts";
import { type BodyPatience, readBody } from "../body/read-body.ts";
import { GatewayError } from "./gateway-error.ts";

/** The most bytes of a body that the gateway takes, as API Gateway's documents say (APIG.0201). */
const mostBytes = 12 * 1024 * 1024;
/** Bodies of so many bytes fit into every event, whatever the headers: those are limited to far less than what remains. */
const surelyFits = 64 * 1024;

/** What a body has to fit into. */
export interface CallEvent {
  readonly asynchronous: boolean;
  /** The event without the body, as JSON. Asked for only if it matters. */
  readonly withoutBody: () => string;
}

/**
 * Reads the body of a call. One that the gateway does not take, or that the event cannot hold, is refused as soon as that is known: before any of it
 * is read, if its size was announced.
 * @throws GatewayError APIG.0201 (over 12 MB); ServiceError FSS.1201 (over what the event can hold), FSS.0408; ClientGone
 */
export async function readCallBody(
  request: IncomingMessage,
  event: CallEvent,
  patience: BodyPatience,
): Promise<Buffer> {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  const announced = encoding === undefined ? Number(length ?? 0) : undefined;
  if (announced !== undefined && announced > mostBytes) throw overGateway();
  const room = announced !== undefined && announced <= surelyFits ? mostBytes : roomOf(event);
  try {
    return await readBody(request, { bytes: Math.min(room, mostBytes), code: "FSS.0413" }, patience);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "FSS.0413") throw error;
    throw room >= mostBytes ? overGateway() : overEvent(event, room, announced);
  }
}

/** The most bytes of which the event can hold the Base64. */
function roomOf({ asynchronous, withoutBody }: CallEvent): number {
  const left = mostOf(asynchronous) - Buffer.byteLength(withoutBody());
  return Math.max(0, Math.floor(left / 4) * 3);
}

function mostOf(asynchronous: boolean): number {
  return asynchronous ? mostEventBytes.asynchronous : mostEventBytes.synchronous;
}

function overGateway(): GatewayError {
  return new GatewayError(413, "APIG.0201", `Request entity too large. A body may have ${mostBytes} bytes.`);
}

function overEvent({ asynchronous }: CallEvent, room: number, announced: number | undefined): ServiceError {
  const has = announced === undefined ? "has more" : `has ${announced}`;
  return new ServiceError(
    "FSS.1201",
    `The request body is too large. Here it may have ${room} bytes and ${has}: the event of ${asynchronous ? "an asynchronous" : "a synchronous"} ` +
      `call may have ${mostOf(asynchronous)} bytes, of which the body as Base64 takes a third more than its size.`,
  );
}
