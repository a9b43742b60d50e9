import { connect, type Socket } from "node:net";
import { sentIds, sentShapes } from "./go-messages.ts";
import { GobDecoder } from "./gob/gob-decoder.ts";
import { GobEncoder } from "./gob/gob-encoder.ts";
import type { GobStruct, GobValue } from "./gob/gob-shape.ts";

/** How a call of a method ended: the reply, or the text of the error that the method returned. */
export type GoReply = { readonly value: GobValue } | { readonly error: string };

/** A program speaks something else than Go's net/rpc. */
export class GoProtocolError extends Error {
  override readonly name = "GoProtocolError";
}

/** The connection to a program has ended. */
export class GoConnectionError extends Error {
  override readonly name = "GoConnectionError";
  /** Whether the program cannot have got the call. */
  readonly undelivered: boolean;

  constructor(message: string, undelivered = false) {
    super(message);
    this.undelivered = undelivered;
  }
}

/** The most bytes of a reply; one that is larger than a result may be is still read, so that the call can be told so. */
const mostReplyBytes = 64 * 1024 * 1024;
const greeting = "HTTP/1.0 200 Connected to Go RPC\n\n";

/** A client of Go's net/rpc over HTTP: one connection, several calls at once. */
export class GoRpcClient {
  readonly #socket: Socket;
  readonly #encoder = new GobEncoder(sentShapes);
  readonly #decoder = new GobDecoder(mostReplyBytes);
  readonly #waiting = new Map<number, { resolve(reply: GoReply): void; reject(error: Error): void }>();
  #sequence = 0;
  /** Header of the reply whose value comes next. */
  #head: { readonly sequence: number; readonly error: string } | undefined;
  #failure: Error | undefined;

  private constructor(socket: Socket, rest: Uint8Array) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("error", (error) => this.#fail(new GoConnectionError(error.message)));
    socket.on("close", () => this.#fail(new GoConnectionError("the connection has ended")));
    this.#take(rest);
  }

  /**
   * Connects to a program that listens on a port of 127.0.0.1.
   * @throws GoProtocolError when it is no Go RPC that answers there; the system's error when nothing listens
   */
  static async connect(port: number): Promise<GoRpcClient> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    try {
      return new GoRpcClient(socket, await greet(socket));
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  /** Calls a method with an argument of one of the types that are sent. @throws GoConnectionError, GoProtocolError */
  call(method: string, id: number, argument: GobStruct): Promise<GoReply> {
    if (this.#failure) return Promise.reject(new GoConnectionError(this.#failure.message, true));
    const sequence = this.#sequence;
    this.#sequence += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(sequence, { resolve, reject });
      const head = this.#encoder.encode(sentIds.request, { ServiceMethod: method, Seq: sequence });
      this.#socket.write(Buffer.concat([head, this.#encoder.encode(id, argument)]));
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Uint8Array): void {
    try {
      for (const value of this.#decoder.take(chunk)) this.#receive(value);
    } catch (error) {
      this.#fail(new GoProtocolError(`the program answered with what cannot be read: ${messageOf(error)}`));
      this.#socket.destroy();
    }
  }

  #receive(value: GobValue): void {
    const head = this.#head;
    if (!head) {
      // A struct that lacks the fields counts as one whose fields are zero, as in Go.
      const { Seq = 0, Error: error = "" } = value as GobStruct;
      this.#head = { sequence: Number(Seq), error: String(error) };
      return;
    }
    this.#head = undefined;
    const waiting = this.#waiting.get(head.sequence);
    this.#waiting.delete(head.sequence);
    waiting?.resolve(head.error === "" ? { value } : { error: head.error });
  }

  #fail(failure: Error): void {
    this.#failure ??= failure;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}

/** Asks for the protocol and resolves to what came behind the answer. */
function greet(socket: Socket): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const end = (act: () => void): void => {
      socket.removeAllListeners();
      act();
    };
    socket.once("connect", () => socket.write("CONNECT /_goRPC_ HTTP/1.0\n\n"));
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const start = received.subarray(0, greeting.length).toString("latin1");
      if (start === greeting) end(() => resolve(received.subarray(greeting.length)));
      else if (!greeting.startsWith(start))
        end(() => reject(new GoProtocolError(`it answered ${JSON.stringify(start.split("\n")[0])}`)));
    });
    socket.once("error", (error) => end(() => reject(error)));
    socket.once("close", () => end(() => reject(new GoConnectionError("the connection has ended"))));
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
