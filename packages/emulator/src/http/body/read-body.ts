import type { IncomingMessage } from "node:http";
import { clearTimeout, setImmediate, setTimeout } from "node:timers";
import { ServiceError } from "../../core/service-error.ts";
import type { BodyLimit } from "./body-limit.ts";

/** How long a body may take, in milliseconds. */
export interface BodyPatience {
  /** Between two pieces. */
  readonly idle: number;
  /** From the first to the last. */
  readonly total: number;
}

/** The client went away before its request was whole; nobody is left to be answered. */
export class ClientGone extends Error {
  override readonly name = "ClientGone";
}

/**
 * Reads a request's body.
 * @throws ServiceError the limit's code when it is too large, FSS.0408 when it comes too slowly; ClientGone.
 */
export async function readBody(
  request: IncomingMessage,
  limit: BodyLimit,
  patience: BodyPatience,
): Promise<Buffer> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > limit.bytes) throw tooLarge(limit, announced);
  if (announced === 0 && request.headers["transfer-encoding"] === undefined) return nothing;
  // What has come together with the headers, as most bodies do, has been taken in before the next turn.
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (!request.complete) {
    if (request.destroyed) throw gone();
    return collect(request, limit, patience);
  }
  // Without an encoding it is a stream of bytes.
  const whole = (request.read() ?? nothing) as Buffer;
  if (whole.length > limit.bytes) throw tooLarge(limit);
  return whole;
}

/** Reads a body that is still on its way. */
function collect(request: IncomingMessage, limit: BodyLimit, patience: BodyPatience): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const late = (): void => {
      finish();
      reject(new ServiceError("FSS.0408", "Request timeout. The request body came too slowly."));
    };
    const total = setTimeout(late, patience.total);
    const idle = setTimeout(late, patience.idle);
    const finish = (): void => {
      clearTimeout(total);
      clearTimeout(idle);
      request.off("data", onData).off("end", onEnd).off("close", onGone).off("error", onGone);
    };
    const onData = (piece: Buffer): void => {
      size += piece.length;
      if (size > limit.bytes) {
        finish();
        reject(tooLarge(limit));
      } else {
        pieces.push(piece);
        idle.refresh();
      }
    };
    const onEnd = (): void => {
      finish();
      resolve(Buffer.concat(pieces, size));
    };
    const onGone = (): void => {
      finish();
      reject(gone());
    };
    request.on("data", onData).on("end", onEnd).on("close", onGone).on("error", onGone);
  });
}

const nothing = Buffer.alloc(0);

const gone = (): ClientGone => new ClientGone("The client closed the connection within the request.");

function tooLarge(limit: BodyLimit, announced?: number): ServiceError {
  const wording = new ServiceError(limit.code).message;
  const state = announced === undefined ? "has more" : `has ${announced}`;
  const which = limit.becauseSigned ? "A signed request body" : "The request body";
  const remedy = limit.becauseSigned ? "; send a larger one with a token" : "";
  return new ServiceError(
    limit.code,
    `${wording} ${which} may have ${limit.bytes} bytes and ${state}${remedy}.`,
  );
}
