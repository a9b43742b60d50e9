import type { Duplex } from "node:stream";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Launched } from "../../sandbox/contract.ts";
import type { FunctionSpec, ProcessEnd, RuntimeCall, RuntimeResult, Worker, Workplace } from "../contract.ts";
import { diskFullMessage, ReturnedCall, RuntimeFailure, UndeliveredCall } from "../contract.ts";
import { type Frame, FrameWriter, readFrames } from "./frames.ts";
import { contextOf, environmentOf, temporaryKeys } from "./function-context.ts";

/** The most bytes of a result that callers get (facts/runtime.md, 4.3). */
export const mostResultBytes: number = 6 * 1024 * 1024;
/** A runner keeps to the limit itself; what comes over it is no runner's. The results of HTTP functions carry so many bytes as Base64. */
const mostFrameBytes = Math.ceil((mostResultBytes * 4) / 3) + 1024 * 1024;
const mebibyte = 1024 * 1024;
/** Milliseconds after its end in which the channel of a process closes, unless something that it started holds the other end. */
const closing = 20;

/** A call that was sent, and how it ends. */
interface WaitingCall {
  readonly id: string;
  readonly resolve: (result: RuntimeResult) => void;
  readonly reject: (failure: RuntimeFailure) => void;
  /** Of one that was sent ahead and has not begun. */
  begun: ((written: number) => void) | undefined;
  /** The process has said that it has begun. */
  isRead: boolean;
}

/** A process with a runner that speaks in frames (runner-protocol.md), before it has code. */
export class ChannelProcess {
  readonly launched: Launched;
  readonly #writer: FrameWriter;
  /** In the order in which they were sent. For the garbage collector's sake no Map (as in ActiveCalls). */
  readonly #waiting: WaitingCall[] = [];
  #onStart: ((frame: Frame) => void) | undefined;
  #unhealthy = false;
  /** Whether its runner keeps calls that come while others are under way, and runs them later. */
  takesAhead = false;
  /** Resolves when it is known which calls the process can have read. */
  readonly #closed: Promise<unknown>;
  /** Resolves when the runner waits for code; rejects when its process ends before. */
  readonly ready: Promise<void>;

  constructor(launched: Launched, channel: Duplex) {
    this.launched = launched;
    this.#writer = new FrameWriter(channel);
    channel.on("error", (error: NodeJS.ErrnoException) => {
      // The system says so when a process has ended without having read what was sent to it.
      if (error.code === "ECONNRESET") this.#unread();
    });
    this.#closed = new Promise((resolve) => {
      channel.once("close", resolve);
    });
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
    this.takesAhead = head.ahead === true;
    if (head.type === "loaded") return;
    throw failureOf(head, body);
  }

  call(spec: FunctionSpec, call: RuntimeCall, begun?: (written: number) => void): Promise<RuntimeResult> {
    return new Promise((resolve, reject) => {
      const waiting: WaitingCall = { id: call.requestId, resolve, reject, begun, isRead: false };
      const lost = (): void => {
        this.#remove(waiting);
        reject(waiting.begun ? new ReturnedCall() : new UndeliveredCall());
      };
      this.#waiting.push(waiting);
      // What is undefined is not sent.
      const head = {
        type: "call",
        id: call.requestId,
        alias: call.alias,
        keys: spec.hasAgency ? temporaryKeys : undefined,
        ahead: begun ? true : undefined,
      };
      this.#writer.send(head, call.event, lost);
    });
  }

  /** Asks the runner for the calls that have not begun. */
  takeBack(): void {
    this.#writer.send({ type: "return" });
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
    if (head.type === "result" || head.type === "begun" || head.type === "returned") {
      const waiting = this.#find(head.id);
      // An answer that nobody waits for came after its time, or twice.
      if (!waiting) return;
      if (head.type === "begun") {
        this.#begin(head.id, Number(head.written));
        return;
      }
      this.#remove(waiting);
      if (head.type === "returned") waiting.reject(new ReturnedCall());
      else waiting.resolve(resultOf(head, body));
      if (head.next !== undefined) this.#begin(head.next, Number(head.written));
      return;
    }
    const start = this.#onStart;
    this.#onStart = undefined;
    start?.(frame);
  }

  #find(id: unknown): WaitingCall | undefined {
    return this.#waiting.find((one) => one.id === id);
  }

  #remove(call: WaitingCall): void {
    const at = this.#waiting.indexOf(call);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #begin(id: unknown, written: number): void {
    const waiting = this.#find(id);
    if (!waiting) return;
    waiting.isRead = true;
    waiting.begun?.(written);
    waiting.begun = undefined;
  }

  /** How the process ended, once calls that it cannot have got have been given back. */
  async ended(): Promise<ProcessEnd> {
    const end = await this.launched.exited;
    await Promise.race([this.#closed, setTimeout(closing, undefined, { ref: false })]);
    // Where this thread was busy, the time is over before what came meanwhile has been read.
    await setImmediate();
    await setImmediate();
    for (const { begun, reject } of this.#waiting) if (begun) reject(new ReturnedCall());
    return { ...end, unhealthy: this.#unhealthy };
  }

  /** Of several calls it is not known which has been read. */
  #unread(): void {
    if (this.#waiting.length === 1)
      for (const { begun, isRead, reject } of this.#waiting)
        if (!begun && !isRead) reject(new UndeliveredCall());
  }

  async #orExit<T>(answer: Promise<T>): Promise<T> {
    const exit = this.launched.exited.then(({ outOfMemory, diskFull }) => {
      if (outOfMemory) throw new RuntimeFailure(4205, "runtime memory limit exceeded");
      if (diskFull) throw new RuntimeFailure(4207, diskFullMessage);
      throw new RuntimeFailure(4204, "runtime process is exited");
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
    call: (call, begun) => process.call(spec, call, begun),
    get takesAhead() {
      return process.takesAhead;
    },
    takeBack: () => process.takeBack(),
    preStop: () => process.stop(),
    kill: () => launched.kill(),
    watch: (on) => launched.watch(on),
    exited: process.ended(),
  };
}

function resultOf({ code, written, memory, took }: Frame["head"], body: Uint8Array): RuntimeResult {
  return {
    code: typeof code === "number" ? code : 4002,
    payload: body,
    memoryMb: typeof memory === "number" ? memory / mebibyte : undefined,
    written: typeof written === "number" ? written : undefined,
    took: typeof took === "number" ? took : undefined,
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
