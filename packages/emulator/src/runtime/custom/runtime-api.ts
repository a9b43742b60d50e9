import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { clearTimeout, setTimeout } from "node:timers";
import { mostResultBytes } from "../channel/channel-worker.ts";
import { temporaryKeys } from "../channel/function-context.ts";
import { type RuntimeCall, UndeliveredCall } from "../contract.ts";
import { failureObject } from "../supervisor/failure-object.ts";

/** How a call ended, as the runtime told. */
export interface RuntimeAnswer {
  readonly code: number;
  readonly payload: Uint8Array;
}

/** The HTTP interface of one instance with a runtime of its own. */
export interface RuntimeApi {
  /** `127.0.0.1:…`, for RUNTIME_API_ADDR. */
  readonly address: string;
  /** Resolves when the runtime asks for a request for the first time. */
  readonly asked: Promise<void>;
  /**
   * Gives a call to the runtime as soon as it asks, and waits for the answer. One that the runtime has got stays open if no answer comes.
   * @throws UndeliveredCall when the interface closes before a runtime that has had calls has asked for this one
   */
  call(call: RuntimeCall): Promise<RuntimeAnswer>;
  close(): void;
}

interface OpenCall {
  readonly call: RuntimeCall;
  readonly end: (answer: RuntimeAnswer) => void;
  /** Tells that the runtime will never get it. */
  readonly lose: (reason: UndeliveredCall) => void;
}

const requestPath = "/v1/runtime/invocation/request";
const answerPath = /^\/v1\/runtime\/invocation\/(response|error)\/([^/?]+)$/;
/** Answered calls are remembered for so many further ones, to tell an answer that comes twice from one to nothing. */
const remembered = 1000;

/**
 * Opens the interface: `GET …/request` waits for a call, `POST …/response/<id>` and `POST …/error/<id>` answer it (facts/runtime.md, 1.6).
 * @param pollMs how long a request waits before it is told, with 204 and no request id, that there is none
 */
export async function openRuntimeApi(hasAgency: boolean, pollMs: number): Promise<RuntimeApi> {
  const queue: OpenCall[] = [];
  const open = new Map<string, OpenCall>();
  const answered = new Set<string>();
  const polls: ((call: OpenCall | undefined) => void)[] = [];
  /** Whether the runtime has got a call: one that ends before its first would end elsewhere, too, so that its calls are not moved. */
  let delivered = false;
  let closed = false;
  let hear: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    hear = resolve;
  });

  function offer(call: OpenCall): void {
    const poll = polls.shift();
    if (poll) poll(call);
    else if (!closed) queue.push(call);
    else if (delivered) call.lose(new UndeliveredCall());
  }

  function poll(response: ServerResponse): void {
    hear();
    const next = queue.shift();
    if (next) {
      deliver(next, response);
      return;
    }
    const leave = (): void => {
      clearTimeout(timer);
      const index = polls.indexOf(take);
      if (index >= 0) polls.splice(index, 1);
    };
    const take = (call: OpenCall | undefined): void => {
      response.off("close", leave);
      leave();
      if (call) deliver(call, response);
      else response.writeHead(204).end();
    };
    const timer = setTimeout(() => take(undefined), pollMs);
    // A client that has lost patience gets no call.
    response.once("close", leave);
    polls.push(take);
  }

  function deliver(item: OpenCall, response: ServerResponse): void {
    response.once("finish", () => {
      delivered = true;
    });
    response.once("close", () => {
      // It left while the call was on its way to it: whoever asks next gets it.
      if (!response.writableFinished && open.has(item.call.requestId)) offer(item);
    });
    const keys = hasAgency ? keyHeaders : {};
    response.writeHead(200, {
      "Content-Type": "application/json",
      "Content-Length": item.call.event.byteLength,
      "X-Cff-Request-Id": item.call.requestId,
      "X-CFF-Invoke-Type": item.call.type,
      ...keys,
    });
    response.end(item.call.event);
  }

  async function answer(request: IncomingMessage, response: ServerResponse, failed: boolean, id: string) {
    const { bytes, size } = await readAll(request);
    const item = open.get(id);
    if (!item)
      return answered.has(id)
        ? say(response, 410, `The request ${id} has been answered already; this answer is dropped.`)
        : say(
            response,
            404,
            `There is no request ${id}; it must be the X-Cff-Request-Id of a request of this instance.`,
          );
    open.delete(id);
    answered.add(id);
    for (const [oldest] of answered.size > remembered ? answered.entries() : []) {
      answered.delete(oldest);
      break;
    }
    if (size > mostResultBytes) {
      const message = `response body size ${size} exceeds the limit of ${mostResultBytes}`;
      item.end({ code: 4004, payload: failureObject(message, "FunctionResponseTooLarge") });
      return say(response, 413, message);
    }
    item.end(failed ? { code: 4002, payload: asErrorObject(bytes) } : { code: 0, payload: bytes });
    return say(response, 200, "ok");
  }

  const server = createServer((request, response) => {
    response.on("error", () => undefined);
    const path = (request.url ?? "").split("?")[0] ?? "";
    const [, kind, id] = answerPath.exec(path) ?? [];
    if (path === requestPath && request.method === "GET") poll(response);
    else if (id !== undefined && request.method === "POST")
      answer(request, response, kind === "error", id).catch(() => response.destroy());
    else if (path === requestPath) say(response, 405, `${requestPath} is asked with GET.`);
    else if (id !== undefined) say(response, 405, "Answers are sent with POST.");
    else
      say(
        response,
        404,
        `There are GET ${requestPath}, POST …/response/<request id> and POST …/error/<request id>.`,
      );
  });
  // A function may think for days between its request and its answer, on the same connection.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  return {
    address: `127.0.0.1:${port}`,
    asked,
    call: (call) =>
      new Promise((resolve, reject) => {
        const item = { call, end: resolve, lose: reject };
        open.set(call.requestId, item);
        offer(item);
      }),
    close() {
      closed = true;
      for (const poll of polls.splice(0)) poll(undefined);
      for (const item of queue.splice(0)) offer(item);
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What a function with an agency gets with each request. */
const keyHeaders: Readonly<Record<string, string>> = {
  "X-CFF-Access-Key": temporaryKeys.accessKey ?? "",
  "X-CFF-Secret-Key": temporaryKeys.secretKey ?? "",
  "X-CFF-Security-Token": temporaryKeys.securityToken ?? "",
  "X-CFF-Auth-Token": temporaryKeys.token ?? "",
};

function say(response: ServerResponse, status: number, message: string): void {
  const text = JSON.stringify({ message });
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}

/** Reads a body; of one that is too large only the size. */
async function readAll(request: IncomingMessage): Promise<{ bytes: Uint8Array; size: number }> {
  const chunks: Buffer[] = [];
  let size = 0;
  // A request's chunks are buffers as long as it has no encoding.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= mostResultBytes) chunks.push(chunk);
  }
  return { bytes: size <= mostResultBytes ? Buffer.concat(chunks) : new Uint8Array(), size };
}

/** The error object that the runtime sent, or one around anything else. */
function asErrorObject(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return bytes;
  } catch {
    // Wrapped below.
  }
  return failureObject(`function invocation exception, error: ${text}`, "Error");
}
