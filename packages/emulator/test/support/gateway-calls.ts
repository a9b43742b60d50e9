import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { afterEach } from "vitest";
import type { EmulatorOptions } from "../../src/options.ts";
import { ada, addLocalFunction } from "./local-app.ts";
import { triggerCalls } from "./trigger-calls.ts";
import { type TriggerApp, type TriggerServer, triggerApp, triggerServer } from "./trigger-server.ts";
import { triggerSettings } from "./trigger-settings.ts";

const running: TriggerServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** The group of all these APIs. */
export const group = "d4e5f60718293a4b5c6d7e8f901a2b3c";

/** A server whose functions are called through APIs. */
export interface GatewaySetting {
  readonly app: TriggerApp;
  readonly server: TriggerServer;
  /** Makes an API that differs from `/hello-orders`, prefix match, any method, no authentication. */
  api(data?: object, type?: string): Promise<string>;
  call(path: string, options?: CallOptions): Promise<Called>;
}

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
}

export interface Called {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

/** Starts a server, which is closed after the test. */
export async function setting(
  options: Pick<EmulatorOptions, "authentication"> = {},
): Promise<GatewaySetting> {
  const app = triggerApp();
  await addLocalFunction(app, ada);
  const server = await triggerServer(app, options);
  running.push(server);
  return {
    app,
    server,
    api: async (data, type = "APIG") => {
      const { body, error } = await triggerCalls(app).create(type, {
        ...triggerSettings.DEDICATEDGATEWAY,
        auth: "NONE",
        name: undefined,
        ...data,
      });
      if (error !== undefined) throw new Error(error);
      return body.trigger_id;
    },
    call: (path, { method = "GET", headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const url = new URL(server.url);
        const sent = httpRequest(
          { host: url.hostname, port: url.port, path, method, headers },
          (response) => {
            const pieces: Buffer[] = [];
            response.on("data", (piece: Buffer) => pieces.push(piece));
            response.on("end", () => {
              const bytes = Buffer.concat(pieces);
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                body: bytes,
                text: bytes.toString(),
              });
            });
          },
        );
        sent.on("error", reject);
        sent.end(body);
      }),
  };
}

/** The event that the function got last. */
export function eventOf(app: TriggerApp): Record<string, unknown> {
  return JSON.parse(Buffer.from(app.calls.at(-1)?.call.event ?? []).toString());
}

/** The address of a path of these APIs. */
export const at = (path: string): string => `/_apig/${group}${path}`;
