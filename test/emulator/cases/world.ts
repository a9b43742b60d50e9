import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import type { OperationId } from "@functiongraph/types";
import { operations } from "@functiongraph/types/operations";
import { projectId } from "./examples.ts";
import { codePackage, tooLargePackage } from "./packages.ts";

/** A request of an operation; path parameters that are left out are those of `default:hello-orders`. */
export interface Send {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Behind the question mark, as it is. */
  readonly rawQuery?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly rawBody?: string;
  /** Default: the token of the first project; null sends none. */
  readonly token?: string | null;
}

/** An answer with its JSON, or its bytes when it has another content. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** `error_code`, if there is one. */
  readonly code: string | undefined;
}

/** Something that has to be there before a request; it may remember IDs. */
export type Setup = (world: World) => Promise<unknown>;

/** A project that the first user has besides the usual one. */
export const otherProject = { id: "f9e8d7c6b5a493827160f5e4d3c2b1a0", name: "eu-de_other" };

/** Where `code_url` may lead. */
export const bucket = "https://example-orders.obs.eu-de.otc.t-systems.com/";

/** Limits that a test reaches with a few calls. */
export const smallLimits = {
  functions: 401,
  codeSizeMb: 1,
  versionsPerFunction: 4,
  aliasesPerFunction: 2,
  eventsPerFunction: 2,
  triggersPerVersion: 3,
  pollingTriggers: 2,
  ctsTriggers: 2,
  dependencies: 2,
  dependenciesPerFunction: 1,
  maxCodePackage: 900_000,
  maxDependencyPackage: 200_000,
  maxImportFile: 950_000,
};

/** An emulator and what has been made in it. One at a time is used by all cases of a file; `clear` comes between them. */
export class World {
  readonly emulator: Emulator;
  /** Token of the first user for the other project. */
  readonly otherToken: string;
  readonly #folder: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });
  readonly #ids = new Map<string, string>();
  readonly #done = new Set<Setup>();

  private constructor(emulator: Emulator, otherToken: string, folder: string) {
    this.emulator = emulator;
    this.otherToken = otherToken;
    this.#folder = folder;
  }

  static async create(): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), "functiongraph-cases-"));
    await mkdir(join(folder, "packages"));
    await writeFile(
      join(folder, "packages/resize-image.zip"),
      codePackage({ "index.py": "def handler(event, context):\n    return 1\n" }),
    );
    await writeFile(
      join(folder, "packages/greeting.zip"),
      codePackage({ "node_modules/greeting/index.js": "module.exports = 1;\n" }),
    );
    await writeFile(join(folder, "packages/large.zip"), tooLargePackage(1_200_000));
    const emulator = await createEmulator({
      port: 0,
      seed: 20_260_302,
      time: new Date("2026-03-02T09:15:27Z"),
      projects: [
        { id: projectId, name: "eu-de" },
        otherProject,
        { id: "00000000000000000000000000000003", name: "eu-de_closed" },
      ],
      users: [{ name: "ada", password: "example-password", projects: [projectId, otherProject.id] }],
      objectStorage: { [bucket]: folder },
      validateResponses: true,
      logLevel: "silent",
      limits: smallLimits,
    });
    const auth = {
      identity: {
        methods: ["password"],
        password: { user: { name: "ada", password: "example-password", domain: { name: "example-domain" } } },
      },
      scope: { project: { id: otherProject.id } },
    };
    const answer = await fetch(`${emulator.url}/v3/auth/tokens`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ auth }),
    });
    return new World(emulator, answer.headers.get("x-subject-token") ?? "", folder);
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await this.emulator.close();
    await rm(this.#folder, { recursive: true });
  }

  /** Removes everything that was made. */
  clear(): void {
    this.emulator.reset();
    this.#ids.clear();
    this.#done.clear();
  }

  /** Does what has not been done since the last `clear`. */
  async have(...setups: readonly Setup[]): Promise<void> {
    for (const setup of setups) {
      if (this.#done.has(setup)) continue;
      this.#done.add(setup);
      await setup(this);
    }
  }

  remember(name: string, id: unknown): void {
    this.#ids.set(name, String(id));
  }

  id(name: string): string {
    const id = this.#ids.get(name);
    if (id === undefined) throw new Error(`No setup of this case has made ${name}.`);
    return id;
  }

  /** The same, for a setup: fails unless the call succeeds. Returns the body. */
  async made(id: OperationId, send: Send = {}): Promise<Record<string, unknown>> {
    const answer = await this.call(id, send);
    if (answer.status >= 300) throw new Error(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    // A JSON object, in all operations that setups use.
    return answer.body as Record<string, unknown>;
  }

  async call(
    id: OperationId,
    { path = {}, query = {}, rawQuery, headers = {}, body, rawBody, token }: Send = {},
  ): Promise<Answer> {
    const { method, path: template } = operations[id];
    const usual: Record<string, string> = {
      project_id: this.emulator.projectId,
      function_urn: "default:hello-orders",
      func_urn: "default:hello-orders",
      resource_type: "functions",
    };
    const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(path[name] ?? usual[name] ?? "1"),
    );
    const search = rawQuery ?? new URLSearchParams(query).toString();
    const content = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const credentials = token === null ? {} : { "X-Auth-Token": token ?? this.emulator.token };
    const type =
      content === undefined
        ? {}
        : { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(content)) };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = request(
        `${this.emulator.url}${filled}${search && "?"}${search}`,
        { method, agent: this.#agent, headers: { ...credentials, ...type, ...headers } },
        resolve,
      );
      outgoing.on("error", reject).end(content);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const json =
      response.headers["content-type"]?.startsWith("application/json") === true && bytes.length > 0;
    const parsed: unknown = json ? JSON.parse(bytes.toString()) : bytes;
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: parsed,
      code: errorCode(parsed),
    };
  }
}

function errorCode(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("error_code" in body)) return undefined;
  return String(body.error_code);
}
