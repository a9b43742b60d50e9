import { createServer, type Server } from "node:net";
import { PassThrough } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { callOf } from "../../../test/support/try-function.ts";
import { type ProcessEnd, UndeliveredCall, type Worker } from "../contract.ts";
import { PortHolder } from "./port-holder.ts";
import type { PortTimes } from "./port-times.ts";

const servers = new Set<Server>();
afterEach(async () => {
  await Promise.all([...servers].map(closed));
});

async function listen(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  servers.add(server);
  return server;
}

function closed(server: Server): Promise<void> {
  servers.delete(server);
  return new Promise((resolve) => server.close(() => resolve()));
}

interface Bench {
  readonly holder: PortHolder;
  readonly port: number;
  /** Ends the calls under way, by their ids. */
  readonly answers: Map<string, () => void>;
  /** What happened, in its order. */
  readonly events: string[];
  /** Starts an instance of a function and initialises it. */
  start(name: string): Promise<Worker>;
  /** Starts one that will have a call under way. */
  startBusy(name: string, id: string): Promise<Worker>;
}

async function bench(times: Partial<PortTimes> = {}): Promise<Bench> {
  const first = await listen(0);
  const address = first.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await closed(first);
  const holder = new PortHolder(port, { firstCall: 0, nextCall: 0, ...times });
  const answers = new Map<string, () => void>();
  const events: string[] = [];
  const start = async (name: string): Promise<Worker> => {
    const worker = await holder.start({ key: `key of ${name}`, name }, async () => {
      // It fails where somebody else still listens.
      const server = await listen(port);
      events.push(`${name} starts`);
      return instance(name, server, answers, events);
    });
    await worker.initialize();
    return worker;
  };
  const startBusy = async (name: string, id: string): Promise<Worker> => {
    const worker = await start(name);
    void worker.call(callOf({}, id)).catch(() => undefined);
    return worker;
  };
  return { holder, port, answers, events, start, startBusy };
}

/** An instance within this process: a server on the port that the others need too. */
function instance(name: string, server: Server, answers: Bench["answers"], events: string[]): Worker {
  let leave: (end: ProcessEnd) => void = () => undefined;
  return {
    place: {
      ...{ id: name, folder: "/", codeFolder: "/", temporaryFolder: "/" },
      seen: { code: "/", temporary: "/", root: "/" },
    },
    pid: 0,
    output: new PassThrough(),
    initialize: async () => undefined,
    call: ({ requestId }) =>
      new Promise((resolve) => {
        answers.set(requestId, () => resolve({ code: 0, payload: Buffer.from(name), reusable: true }));
      }),
    preStop: async () => undefined,
    kill() {
      if (!servers.has(server)) return;
      events.push(`${name} goes`);
      void closed(server).then(() => leave({ code: null, signal: "SIGKILL", outOfMemory: false }));
    },
    watch: () => undefined,
    exited: new Promise((resolve) => {
      leave = resolve;
    }),
  };
}

describe("the port of HTTP functions that share a network", () => {
  it("is waited for until the call of its holder has ended", async () => {
    const { startBusy, start, answers, events } = await bench();
    await startBusy("a", "1");
    const second = start("b");
    events.push("1 ends");
    answers.get("1")?.();
    await second;
    expect(events).toEqual(["a starts", "1 ends", "a goes", "b starts"]);
  });

  it("goes to all that want it, one after the other", async () => {
    const { start, events } = await bench();
    await Promise.all(["a", "b", "c"].map(start));
    expect(events).toEqual(["a starts", "a goes", "b starts", "b goes", "c starts"]);
  });

  it("is waited for as long as it takes what was there before to leave it", async () => {
    const { port, start } = await bench({ foreign: 10_000 });
    const other = await listen(port);
    let started = false;
    const waiting = start("a").then(() => {
      started = true;
    });
    // The look at the port has found that it is taken once it has been connected to.
    await new Promise((resolve) => other.once("connection", (socket) => resolve(socket.end())));
    expect(started).toBe(false);
    await closed(other);
    await waiting;
  });

  it("is free again when its holder has ended by itself", async () => {
    const { startBusy, start } = await bench();
    const first = await startBusy("a", "1");
    const second = start("a");
    first.kill();
    await second;
  });

  it("is waited for while its holder is about to end, of the same function too", async () => {
    const { start, events } = await bench();
    const first = await start("a");
    first.kill();
    await start("a");
    expect(events).toEqual(["a starts", "a goes", "a starts"]);
  });

  it("is refused with the port and what to do when its holder stays busy, and then goes to the next", async () => {
    const { port, startBusy, start, answers } = await bench({ patience: 30 });
    await startBusy("a", "1");
    await expect(start("b")).rejects.toMatchObject({
      code: 4201,
      message: expect.stringMatching(
        `the function b needs port ${port} of 127.0.0.1, and an instance of the function a has it, and is busy.* raise the function's concurrency`,
      ),
    });
    const third = start("c");
    answers.get("1")?.();
    await third;
  });

  it("is refused when another program keeps it", async () => {
    const { port, start } = await bench({ foreign: 30 });
    const other = await listen(port);
    other.on("connection", (socket) => socket.destroy());
    await expect(start("a")).rejects.toMatchObject({
      code: 4201,
      message: expect.stringContaining(
        `needs port ${port} of 127.0.0.1, and another program of this machine has it: end that program`,
      ),
    });
  });

  it("stays with an idle instance of the same function, which gets the calls", async () => {
    const { startBusy, start, answers, events } = await bench();
    await startBusy("a", "1");
    const second = expect(start("a")).rejects.toMatchObject({
      message: expect.stringContaining("another instance of it"),
    });
    answers.get("1")?.();
    await second;
    expect(events).toEqual(["a starts"]);
  });

  it("leaves its holder time between two calls, but not while others wait for long", async () => {
    const { startBusy, start, answers, events } = await bench({ nextCall: 60_000, turn: 20 });
    const first = await startBusy("a", "1");
    const second = start("b");
    answers.get("1")?.();
    await second;
    expect(events).toEqual(["a starts", "a goes", "b starts"]);
    await expect(first.call(callOf({}, "2"))).rejects.toBeInstanceOf(UndeliveredCall);
  });

  it("goes to another function after a turn, and comes back to calls that wait", async () => {
    const { startBusy, answers, events } = await bench({ nextCall: 60_000, turn: 0 });
    await startBusy("a", "1");
    const again = startBusy("a", "3");
    const other = startBusy("b", "2");
    answers.get("1")?.();
    await other;
    answers.get("2")?.();
    await again;
    expect(events).toEqual(["a starts", "a goes", "b starts", "b goes", "a starts"]);
  });

  it("is not fought for by two functions that start again whenever they had to go", async () => {
    const { start, events } = await bench();
    const first = await start("a");
    const again = expect(first.exited.then(() => start("a"))).rejects.toMatchObject({
      message: expect.stringContaining("the function b has it"),
    });
    await start("b");
    await again;
    expect(events).toEqual(["a starts", "a goes", "b starts"]);
    await start("a");
  });

  it("is waited for by a dozen at most, and by nobody after the end", async () => {
    const { holder, startBusy, start } = await bench();
    await startBusy("a", "1");
    const waiting = Array.from({ length: 12 }, (_, index) => start(`b${index}`));
    await expect(start("c")).rejects.toMatchObject({ code: 4201 });
    const ends = Promise.allSettled(waiting);
    holder.close();
    expect(new Set((await ends).map(({ status }) => status))).toEqual(new Set(["rejected"]));
  });
});
