import { clearTimeout, setTimeout } from "node:timers";
import type { Launched } from "../../sandbox/contract.ts";
import {
  type FunctionSpec,
  type ProcessEnd,
  RuntimeFailure,
  UndeliveredCall,
  type Worker,
  type Workplace,
} from "../contract.ts";
import { startLimit } from "../custom/start-limit.ts";
import { WorkerOutput } from "../custom/worker-output.ts";
import { callHeader } from "./call-header.ts";
import { goEnd } from "./go-end.ts";
import { sentIds } from "./go-messages.ts";
import { outcomeOf } from "./go-reply.ts";
import { GoConnectionError, GoProtocolError, GoRpcClient } from "./go-rpc-client.ts";

/** A Go program that has been started, and where it will listen. */
export interface GoParts {
  readonly place: Workplace;
  readonly launched: Launched;
  /** Of 127.0.0.1. */
  readonly port: number;
}

/** Milliseconds between two attempts to connect, at first and at most. */
const firstPause = 2;
const longestPause = 50;
/** An event is never empty, for gob leaves out empty values and programs refuse calls without a payload. */
const emptyEvent = Buffer.from("{}");

/** Makes the worker of a Go program. */
export function goWorker(spec: FunctionSpec, { place, launched, port }: GoParts): Worker {
  const output = new WorkerOutput(launched.output);
  const exited = goEnd(launched);
  let client: GoRpcClient | undefined;
  void launched.exited.then(() => client?.close());
  return {
    place,
    pid: launched.pid,
    output: output.stream,
    async initialize() {
      try {
        client = await connectTo(spec, { place, launched, port }, (text) => output.say(text));
      } finally {
        output.release();
      }
    },
    async call(call) {
      if (!client) throw new UndeliveredCall();
      const argument = {
        Payload: call.event.byteLength === 0 ? emptyEvent : call.event,
        Header: callHeader(call, spec.hasAgency),
      };
      try {
        const { code, payload } = outcomeOf(
          await client.call("Function.Invoke", sentIds.invokeRequest, argument),
        );
        return {
          code,
          payload,
          settled: output.settle(),
          memoryMb: launched.memoryMb(),
          reusable: true,
        };
      } catch (error) {
        if (error instanceof GoProtocolError)
          throw new RuntimeFailure(4007, `function result is invalid, error: ${error.message}`);
        if (!(error instanceof GoConnectionError)) throw error;
        if (error.undelivered) throw new UndeliveredCall();
        // The process usually ends with its connection; how, the supervisor learns from the process.
        throw failureOf(await soon(exited));
      }
    },
    async preStop() {
      launched.kill();
      await launched.exited;
    },
    kill: () => launched.kill(),
    watch: (on) => launched.watch(on),
    exited,
  };
}

/** Waits until the program listens, and asks whether it serves functions. @throws RuntimeFailure */
async function connectTo(
  spec: FunctionSpec,
  { launched, port }: GoParts,
  say: (text: string) => void,
): Promise<GoRpcClient> {
  const attempt = new Attempt(port);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, startLimit(spec), "late");
  });
  try {
    const end = await Promise.race([attempt.result, launched.exited, late]);
    if (end instanceof GoRpcClient) return end;
    if (end === "late") {
      say(
        `${spec.handler} runs, but has not listened on $RUNTIME_API_ADDR within ${spec.initializer?.timeout ?? spec.timeout} s. Its main must call Register of the runtime library.`,
      );
      throw new RuntimeFailure(4201, "function initialization failed");
    }
    say(
      `${spec.handler} ended ${wayOf(end)} before it listened on $RUNTIME_API_ADDR. Its main must call Register of the runtime library, which never returns.`,
    );
    throw failureOf(end);
  } catch (error) {
    attempt.giveUp();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Tries to connect until it succeeds, meets something else, or is told to give up. */
class Attempt {
  readonly result: Promise<GoRpcClient>;
  #over = false;

  constructor(port: number) {
    this.result = this.#run(port);
    // Nobody may be waiting for it any more.
    this.result.catch(() => undefined);
  }

  giveUp(): void {
    this.#over = true;
    this.result.then(
      (client) => client.close(),
      () => undefined,
    );
  }

  async #run(port: number): Promise<GoRpcClient> {
    for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
      try {
        return await checked(await GoRpcClient.connect(port));
      } catch (error) {
        if (error instanceof RuntimeFailure) throw error;
        if (error instanceof GoProtocolError)
          throw new RuntimeFailure(
            4001,
            `function entry exception, error: the program listens on RUNTIME_API_ADDR, but serves no Go RPC: ${error.message}`,
          );
        // Nothing listens yet, or the program ends just now.
        if (this.#over) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }
}

/** @throws RuntimeFailure 4001 when the program has no service `Function` */
async function checked(client: GoRpcClient): Promise<GoRpcClient> {
  const reply = await client.call("Function.HealthCheck", sentIds.healthCheckRequest, {});
  if (!("error" in reply)) return client;
  client.close();
  throw new RuntimeFailure(4001, `function entry exception, error: ${reply.error}`);
}

function wayOf({ code, signal }: ProcessEnd): string {
  return signal === null ? `with code ${code}` : `by ${signal}`;
}

function failureOf(end: ProcessEnd | undefined): RuntimeFailure {
  return end?.outOfMemory
    ? new RuntimeFailure(4205, "runtime memory limit exceeded")
    : new RuntimeFailure(4204, "runtime process is exited");
}

/** Milliseconds in which a process whose connection has ended is expected to end. */
const endsWithin = 500;

function soon(exited: Promise<ProcessEnd>): Promise<ProcessEnd | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, endsWithin, undefined);
  });
  return Promise.race([exited, over]).finally(() => clearTimeout(timer));
}
