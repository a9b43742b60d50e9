import { connect, type Socket } from "node:net";

/** A connection on which anything can be sent. */
export interface RawSocket {
  readonly socket: Socket;
  write(text: string | Buffer): void;
  /** What came back so far. */
  received(): string;
  /** All that came back when the other side ended, or after so many milliseconds. */
  answer(patience?: number): Promise<string>;
}

/** Opens a connection to a server. */
export async function rawSocket(url: string): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  let received = "";
  let failure: Error | undefined;
  socket.on("data", (piece) => {
    received += piece.toString("latin1");
  });
  socket.on("error", (error) => {
    failure = error;
  });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return {
    socket,
    received: () => received,
    write: (text) => void socket.write(text),
    answer: (patience = 5000) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          socket.destroy();
          resolve(received || (failure ? `(${failure.message})` : ""));
        };
        const timer = setTimeout(done, patience);
        if (socket.readableEnded || socket.destroyed) done();
        else socket.once("end", done).once("close", done);
      }),
  };
}

/** The status of an answer in text; 0 when there is none. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}
