import type { Emulator } from "@functiongraph/emulator";

/** An answer of the service. */
export interface Answered {
  readonly status: number;
  /** Parsed when it is JSON; the bytes otherwise. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
  readonly body: any;
  readonly headers: Headers;
}

/** Calls an emulator as a program with nothing but `fetch` does. */
export interface Service {
  /** The path below `/v2/{project_id}`. */
  call(method: string, path: string, body?: unknown): Promise<Answered>;
}

/** The service as the owner of a token sees it. */
export function serviceOf({ url, token, projectId }: Pick<Emulator, "url" | "token" | "projectId">): Service {
  return {
    call: async (method, path, body) => {
      const response = await fetch(`${url}/v2/${projectId}${path}`, {
        method,
        headers: { "X-Auth-Token": token, ...(body !== undefined && { "Content-Type": "application/json" }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const json = /json/.test(response.headers.get("content-type") ?? "");
      return {
        status: response.status,
        headers: response.headers,
        body: json ? JSON.parse(bytes.toString("utf8")) : bytes,
      };
    },
  };
}

/** A token of a user for a project, as IAM issues it. */
export async function tokenFor(
  url: string,
  user: { readonly name: string; readonly password: string; readonly domain: string },
  projectId: string,
): Promise<string> {
  const { name, password, domain } = user;
  const identity = {
    methods: ["password"],
    password: { user: { name, password, domain: { name: domain } } },
  };
  const response = await fetch(`${url}/v3/auth/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ auth: { identity, scope: { project: { id: projectId } } } }),
  });
  const token = response.headers.get("x-subject-token");
  if (response.status !== 201 || token === null)
    throw new Error(`no token: ${response.status} ${await response.text()}`);
  return token;
}

/** What the examples create, with code packages that are real. */
export const helloOrders = {
  func_name: "hello-orders",
  package: "default",
  runtime: "Node.js18.15",
  handler: "index.handler",
  timeout: 30,
  memory_size: 256,
  code_type: "inline",
  func_code: {
    file: Buffer.from(
      "exports.handler = async (event) => ({ greeting: 'Hello, ' + event.name });\n",
    ).toString("base64"),
  },
} as const;
