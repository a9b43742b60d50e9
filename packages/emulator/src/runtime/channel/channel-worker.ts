import type { Duplex } from "node:stream";
import type { Launched } from "../../sandbox/contract.ts";
import type { FunctionSpec, RuntimeCall, RuntimeResult, Worker, Workplace } from "../contract.ts";
import { RuntimeFailure, UndeliveredCall } from "../contract.ts";
import { type Frame, FrameWriter, readFrames } from "./frames.ts";
import { contextOf, environmentOf, temporaryKeys } from "./function-context.ts";

/** The most bytes of a result that callers get (facts/runtime.md, 4.3). */
export const mostResultBytes: number = 6 * 1024 * 1024;
/** A runner keeps to the limit itself; what comes over it is no runner's. The results of HTTP functions carry so many bytes as Base64. */
const mostFrameBytes = Math.ceil((mostResultBytes * 4) / 3) + 1024 * 1024;
const mebibyte = 1024 * 1024;

/** A process with a runner that speaks in frames (runner-protocol.md), before it has code. */
export class ChannelProcess {
  readonly launched: Launched;
  readonly #writer: FrameWriter;
  readonly #waiting = new Map<string, (result: RuntimeResult) => void>();
  #onStart: ((frame: Frame) => void) | undefined;
  #unhealthy = false;
  /** Resolves when the runner waits for code; rejects when its process ends before. */
  readonly ready: Promise<void>;

  constructor(launched: Launched, channel: Duplex) {
    this.launched = launched;
    this.#writer = new FrameWriter(channel);
    channel.on("error", () => undefined);
    const ready = new Promise<Frame>((resolve) => {
      this.#onStart = resolve;
    });
    readFrames(channel, mostFrameBytes, (frame) => this.#take(frame));
    this.ready = this.#orExit(ready).then(() => undefined);
    // Whoever waits hears of it; nobody may be waiting yet.
    this.ready.catch(() => undefined);
  }

  /** Gives the runner a function to load. @throws RuntimeFailure */
  async load(spec: FunctionSpec, place: Workplace): Promise<void> {
    await this.ready;
    const answer = new Promise<Frame>((resolve) => {
      this.#onStart = resolve;
    });
    this.#writer.send({
      type: "load",
      handler: spec.handler,
      initializer: spec.initializer?.handler ?? "",
      preStop: spec.preStop?.handler ?? "",
      heartbeat: spec.heartbeat ?? "",
      code: place.seen.code,
      root: place.seen.root,
      environment: environmentOf(spec, place),
      maxResult: mostResultBytes,
      concurrency: spec.concurrency,
      context: contextOf(spec),
    });
    const { head, body } = await this.#orExit(answer);
    if (head.type === "loaded") return;
    throw failureOf(head, body);
  }

  call(spec: FunctionSpec, call: RuntimeCall): Promise<RuntimeResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(call.requestId, resolve);
      const head = { type: "call", id: call.requestId, alias: call.alias ?? "", invokeType: call.type };
      this.#writer.send(spec.hasAgency ? { ...head, keys: temporaryKeys } : head, call.event, () =>
        reject(new UndeliveredCall()),
      );
    });
  }

  /** Asks the runner to run the pre-stop method and to end. */
  async stop(): Promise<void> {
    this.#writer.send({ type: "stop" });
    await this.launched.exited;
  }

  #take(frame: Frame): void {
    const { head, body } = frame;
    if (head.type === "unhealthy") {
      this.#unhealthy = true;
      return;
    }
    if (head.type === "result") {
      const id = String(head.id);
      // An answer that nobody waits for came after its time, or twice.
      this.#waiting.get(id)?.(resultOf(head, body));
      this.#waiting.delete(id);
      return;
    }
    const start = this.#onStart;
    this.#onStart = undefined;
    start?.(frame);
  }

  /** Whether the function's heartbeat said that it is not well, upon which the runner ends. */
  get unhealthy(): boolean {
    return this.#unhealthy;
  }

  async #orExit<T>(answer: Promise<T>): Promise<T> {
    const exit = this.launched.exited.then(({ outOfMemory }) => {
      throw outOfMemory
        ? new RuntimeFailure(4205, "runtime memory limit exceeded")
        : new RuntimeFailure(4204, "runtime process is exited");
    });
    return Promise.race([answer, exit]);
  }
}

/** Makes the worker of a process and a function. */
export function channelWorker(process: ChannelProcess, spec: FunctionSpec, place: Workplace): Worker {
  const { launched } = process;
  return {
    place,
    pid: launched.pid,
    output: launched.output,
    initialize: () => process.load(spec, place),
    call: (call) => process.call(spec, call),
    preStop: () => process.stop(),
    kill: () => launched.kill(),
    watch: (on) => launched.watch(on),
    exited: launched.exited.then((end) => ({ ...end, unhealthy: process.unhealthy })),
  };
}

function resultOf({ code, written, memory }: Frame["head"], body: Uint8Array): RuntimeResult {
  return {
    code: typeof code === "number" ? code : 4002,
    payload: body,
    ...(typeof memory === "number" && { memoryMb: memory / mebibyte }),
    ...(typeof written === "number" && { written }),
    reusable: true,
  };
}

function failureOf({ code, message, errorType }: Frame["head"], body: Uint8Array): RuntimeFailure {
  const known = typeof code === "number" ? code : 4201;
  const text = typeof message === "string" ? message : "function initialization failed";
  const failure = new RuntimeFailure(known, text, typeof errorType === "string" ? errorType : undefined);
  if (body.byteLength > 0) failure.payload = body;
  return failure;
}
