import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type Frame, FrameWriter, readFrames } from "./frames.ts";

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

/** Both ends of a connection. */
async function pair(): Promise<[Socket, Socket]> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as { port: number };
  const near = createConnection(port, "127.0.0.1");
  const [far] = (await once(server, "connection")) as [Socket];
  server.close();
  open.push(near, far);
  return [near, far];
}

function received(socket: Socket, count: number, most = 1e9): Promise<Frame[]> {
  return new Promise((resolve) => {
    const frames: Frame[] = [];
    readFrames(socket, most, ({ head, body }) => {
      frames.push({ head, body: Buffer.from(body) });
      if (frames.length === count) resolve(frames);
    });
  });
}

describe("frames", () => {
  it("come as they were sent, small, large and empty, in their order", async () => {
    const [near, far] = await pair();
    const bodies = [Buffer.from("é"), Buffer.alloc(0), Buffer.alloc(3_000_000, 7), Buffer.alloc(20_000, 1)];
    const all = received(far, bodies.length);
    const writer = new FrameWriter(near);
    for (const [n, body] of bodies.entries()) writer.send({ n, text: "ü" }, body);
    expect(
      (await all).map(({ head, body }) => [
        head,
        Buffer.compare(body, bodies[Number(head.n)] ?? Buffer.alloc(1)),
      ]),
    ).toEqual(bodies.map((_, n) => [{ n, text: "ü" }, 0]));
  });

  it("come whole when they arrive byte by byte", async () => {
    const [near, far] = await pair();
    const recording: Buffer[] = [];
    near.write = ((chunk: Buffer) => recording.push(chunk) > 0) as Socket["write"];
    const writer = new FrameWriter(near);
    writer.send({ a: 1 }, Buffer.from("one"));
    writer.send({ b: 2 }, Buffer.from("two"));
    const frames = received(far, 2);
    await setImmediate();
    expect(recording).toHaveLength(1);
    for (const byte of Buffer.concat(recording)) far.emit("data", Buffer.from([byte]));
    expect((await frames).map(({ head, body }) => [head, String(body)])).toEqual([
      [{ a: 1 }, "one"],
      [{ b: 2 }, "two"],
    ]);
  });

  it.each([
    ["longer than it may be", Buffer.from([0, 0, 0, 2, 0, 1, 0, 0])],
    ["no JSON", Buffer.concat([Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]), Buffer.from("{x")])],
    ["no object", Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]), Buffer.from("7")])],
  ])("one that is %s ends the channel", async (_what, bytes) => {
    const [near, far] = await pair();
    readFrames(far, 1000, () => {
      throw new Error("This is no frame.");
    });
    near.write(bytes);
    await once(far, "close");
    expect(far.destroyed).toBe(true);
  });

  it("to a channel that has ended are lost without an error", async () => {
    const [near] = await pair();
    const writer = new FrameWriter(near);
    near.destroy();
    const lost: string[] = [];
    for (const name of ["one", "two"]) writer.send({ name }, undefined, () => lost.push(name));
    await setImmediate();
    expect(lost).toEqual(["one", "two"]);
  });
});
