import type { IncomingMessage } from "node:http";
import { ReadableStream as NodeStream } from "node:stream/web";
import { decodedMessage } from "./decoded-message.ts";
import { failure } from "./failure.ts";

/** What an answer needs to know of its request. */
interface Origin {
  readonly method: string;
  readonly url: URL;
  readonly signal: AbortSignal | undefined;
  /** The largest body in bytes. */
  readonly limit: number;
}

/** A Response whose body is read straight from the connection, without a web stream in between unless one is asked for. */
export class MessageResponse extends Response {
  readonly #message: IncomingMessage;
  readonly #origin: Origin;
  #headers: Headers | undefined;
  /** Does everything with the body once its stream is asked for. */
  #streamed: Response | undefined;
  #used = false;

  constructor(message: IncomingMessage, origin: Origin) {
    super(null);
    this.#message = message;
    this.#origin = origin;
    // A failure before anyone reads would end the program if nobody listened; `errored` keeps it for the reader.
    message.on("error", () => {});
    // A connection is free again once its answer has been read to the end, of which callers see no need here.
    if (this.#isEmpty()) message.resume();
  }

  override get status(): number {
    // `??`: only the messages of a server have none.
    return this.#message.statusCode ?? 0;
  }

  override get statusText(): string {
    return this.#message.statusMessage ?? "";
  }

  override get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  override get url(): string {
    return this.#origin.url.href;
  }

  override get headers(): Headers {
    if (!this.#headers) {
      this.#headers = new Headers();
      const { rawHeaders } = this.#message;
      for (let i = 0; i + 1 < rawHeaders.length; i += 2)
        this.#headers.append(rawHeaders[i] ?? "", rawHeaders[i + 1] ?? "");
    }
    return this.#headers;
  }

  override get bodyUsed(): boolean {
    return this.#streamed?.bodyUsed ?? this.#used;
  }

  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    // What has been read as a whole never had a stream, and none is made for the sake of showing it empty.
    return this.#used ? null : this.#stream().body;
  }

  override async text(): Promise<string> {
    const text = (await this.#read()).toString("utf8");
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  override async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    // A copy: small buffers of Node share their memory with others.
    return new Uint8Array(await this.#read());
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  override async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.headers.get("content-type") ?? "" });
  }

  override async formData(): Promise<FormData> {
    return new Response(await this.bytes(), { headers: this.headers }).formData();
  }

  override clone(): Response {
    const { status, statusText, headers } = this;
    return new Response(this.#stream().clone().body, { status, statusText, headers });
  }

  #stream(): Response {
    if (this.#used) throw new TypeError("The body has been read already.");
    // Not Readable.toWeb, which may throw where nobody can catch it when a stream is cancelled while a chunk arrives.
    const chunks = () => NodeStream.from(this.#chunks());
    // `as`: the stream types of Node and of the DOM library describe the same class.
    this.#streamed ??= new Response(this.#isEmpty() ? null : (chunks() as unknown as ReadableStream));
    return this.#streamed;
  }

  #isEmpty(): boolean {
    const { status } = this;
    const none = status === 204 || status === 205 || status === 304;
    return none || this.#origin.method === "HEAD" || this.#message.headers["content-length"] === "0";
  }

  async #read(): Promise<Buffer> {
    if (this.#streamed) return Buffer.from(await this.#streamed.arrayBuffer());
    if (this.#used) throw new TypeError("The body has been read already.");
    this.#used = true;
    if (this.#isEmpty()) return Buffer.alloc(0);
    return new Promise((resolve, reject) => {
      if (this.#message.destroyed) return reject(this.#reason(this.#message.errored));
      const body = decodedMessage(this.#message);
      const chunks: Buffer[] = [];
      let size = 0;
      body.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > this.#origin.limit) body.destroy(this.#tooLarge());
      });
      body.once("error", (cause) => reject(this.#reason(cause)));
      body.once("end", () =>
        resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)),
      );
    });
  }

  async *#chunks(): AsyncGenerator<Buffer> {
    let size = 0;
    try {
      for await (const chunk of decodedMessage(this.#message)) {
        size += chunk.length;
        if (size > this.#origin.limit) throw this.#tooLarge();
        yield chunk;
      }
    } catch (cause) {
      throw this.#reason(cause);
    }
  }

  #tooLarge(): Error {
    return new Error(`the body is larger than maxResponseSize, ${this.#origin.limit} bytes`);
  }

  #reason(cause: unknown): unknown {
    const { method, url, signal } = this.#origin;
    return signal?.aborted ? signal.reason : failure(method, url, cause);
  }
}
