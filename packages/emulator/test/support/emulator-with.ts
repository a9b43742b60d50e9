import { connect, type Socket } from "node:net";
import { afterEach } from "vitest";
import type { Handlers } from "../../src/contract/handler.ts";
import { type EmulatorOptions, resolveOptions } from "../../src/options.ts";
import { type Emulator, startEmulator } from "../../src/start-emulator.ts";

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close(0)));
});

/** A handler that has nothing. */
const quotas: Handlers["listQuotas"] = () => ({ body: { quotas: { resources: [] } } });

/** Starts an emulator with these operations, for the test that runs. */
export async function startWith(
  handlers: Partial<Handlers> = {},
  options: EmulatorOptions = {},
): Promise<Emulator & { functions: string; quotas: string; lines: string[] }> {
  const lines: string[] = [];
  const settings = resolveOptions({
    authentication: "off",
    validateResponses: true,
    seed: 1,
    log: (line) => lines.push(line),
    logPretty: false,
    ...options,
  });
  // The operations that a test calls are the ones that it gives.
  const emulator = await startEmulator(settings, () => ({ listQuotas: quotas, ...handlers }) as Handlers);
  running.push(emulator);
  const base = `${emulator.url}/v2/${emulator.projectId}`;
  return Object.assign(emulator, { functions: `${base}/fgs/functions`, quotas: `${base}/fgs/quotas`, lines });
}

export async function errorOf(
  response: Response,
): Promise<{ error_code: string; error_msg: string; request_id?: string }> {
  return (await response.json()) as { error_code: string; error_msg: string };
}

/** Sends all, reads only then, as blocking clients do, and resolves with all that comes back. @throws Error when the connection breaks */
export function sendThenRead(url: string, parts: readonly (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1" }).pause();
    let answer = "";
    socket.setEncoding("latin1").on("data", (data) => {
      answer += data;
      if (/\r\n\r\n.*\}$/s.test(answer)) socket.destroy();
    });
    socket.on("error", reject).on("end", () => socket.destroy());
    socket.on("close", () => resolve(answer));
    for (const part of parts.slice(0, -1)) socket.write(part);
    socket.write(parts.at(-1) ?? "", () => socket.resume());
  });
}

/** Sends text over a connection of its own and resolves with all that comes back. */
export function exchange(
  url: string,
  text: string,
  afterwards: (socket: Socket) => void = () => undefined,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", allowHalfOpen: true });
    let answer = "";
    socket.on("data", (data) => {
      answer += data;
      if (/\r\n\r\n.*\}$/s.test(answer)) socket.destroy();
    });
    socket.on("end", () => socket.destroy());
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
    socket.write(text, () => afterwards(socket));
  });
}
