import { readFileSync } from "node:fs";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { buffer } from "node:stream/consumers";
import type { EmulatorProcess } from "./emulator-process.ts";

/** An answer of the service. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** How a function is to be made; the rest is as the service has it. */
export interface FunctionToMake {
  readonly name: string;
  readonly runtime: "Node.js20.15" | "Python3.9";
  readonly handler?: string;
  readonly timeout?: number;
  readonly memory?: number;
}

/** An answer may take so many milliseconds; calls wait for instances. */
const patience = 120_000;

/** Talks with an emulator as one program does that keeps its connections. */
export class FunctionService {
  readonly #base: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #projectId: string;

  constructor({ url, token, projectId }: Pick<EmulatorProcess, "url" | "token" | "projectId">) {
    this.#base = new URL(url);
    this.#headers = { "X-Auth-Token": token };
    this.#projectId = projectId;
  }

  /** @param path below the functions of the project @throws Error when there is no answer */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ServiceAnswer> {
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    return this.#exchange(method, `/v2/${this.#projectId}/fgs/functions${path}`, bytes, {
      ...this.#headers,
      ...headers,
      ...(bytes && { "Content-Type": "application/json", "Content-Length": String(bytes.length) }),
    });
  }

  /** As `send`, for requests that must succeed. @returns the body @throws Error with the answer */
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape.
  async ask(method: string, path: string, body?: unknown): Promise<any> {
    const answer = await this.send(method, path, body);
    const text = answer.body.toString();
    if (answer.status < 200 || answer.status > 299)
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  /** Makes a function that does what its events say. @param reports port that its runs are reported to */
  async make(
    reports: number,
    { name, runtime, handler, timeout = 30, memory = 256 }: FunctionToMake,
  ): Promise<void> {
    const source = new URL(`functions/index.${runtime === "Python3.9" ? "py" : "cjs"}`, import.meta.url);
    await this.ask("POST", "", {
      func_name: name,
      package: "default",
      runtime,
      handler: handler ?? "index.handler",
      timeout,
      memory_size: memory,
      code_type: "inline",
      func_code: { file: readFileSync(source).toString("base64") },
      user_data: JSON.stringify({ REPORTS: String(reports) }),
    });
  }

  /** The URN of a function's latest version. */
  urn(name: string): string {
    return `urn:fss:eu-de:${this.#projectId}:function:default:${name}:latest`;
  }

  /** What the emulator says of itself. */
  // biome-ignore lint/suspicious/noExplicitAny: as `ask`.
  async health(): Promise<any> {
    const { body } = await this.#exchange("GET", "/_emulator/health", undefined, {});
    return JSON.parse(body.toString());
  }

  close(): void {
    this.#agent.destroy();
  }

  #exchange(
    method: string,
    path: string,
    body: Buffer | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<ServiceAnswer> {
    const { hostname, port } = this.#base;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { hostname, port, agent: this.#agent, method, path, headers, timeout: patience },
        (response) => {
          const { statusCode: status = 0, headers } = response;
          buffer(response).then((body) => resolve({ status, headers, body }), reject);
        },
      );
      outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${patience} ms`)));
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }
}
