import { afterEach } from "vitest";
import { iamHandlers } from "../../src/api/iam.ts";
import type { Handlers } from "../../src/contract/handler.ts";
import { type EmulatorOptions, resolveOptions } from "../../src/options.ts";
import { type Emulator, startEmulator } from "../../src/start-emulator.ts";

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close(0)));
});

/** What its clock shows. */
export const time: Date = new Date("2026-03-02T09:00:00Z");
const projects = [
  { id: "p1", name: "eu-de" },
  { id: "p2", name: "eu-de_other" },
];
const users = [
  { name: "ada", password: "example-password", projects: ["p1"] },
  { name: "eve", password: "example-password-2", projects: ["p2"] },
];

/** Starts an emulator with two users, who have a project each, for the test that runs. */
export async function startForUsers(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = resolveOptions({
    projects,
    users,
    time,
    validateResponses: true,
    logLevel: "silent",
    ...options,
  });
  const emulator = await startEmulator(settings, (identity, baseUrl) => {
    const handlers: Partial<Handlers> = {
      ...iamHandlers(identity, baseUrl),
      listQuotas: ({ caller }) => ({
        body: {
          quotas: { resources: [{ type: caller.projectId, quota: 0, used: 0, unit: caller.userName }] },
        },
      }),
    };
    // The operations that the tests call.
    return handlers as Handlers;
  });
  running.push(emulator);
  return emulator;
}

/** The parts of all answers that tests look at. */
export interface Answer {
  error_code?: string;
  error_msg?: string;
  error: { message: string };
  quotas: { resources: [{ type: string; unit: string }] };
  token: { project?: object; domain: { name: string }; catalog: [{ endpoints: [{ url: string }] }] };
  projects?: { name: string }[];
}

export async function answerOf(response: Response): Promise<Answer> {
  return (await response.json()) as Answer;
}

/** What an operation of the emulator sees: its status, who calls and the project; or how it is refused. */
export async function quotas(
  emulator: Emulator,
  headers: Record<string, string>,
  project = "p1",
): Promise<unknown[]> {
  const response = await fetch(`${emulator.url}/v2/${project}/fgs/quotas`, { headers });
  const body = await answerOf(response);
  return [
    response.status,
    body.error_code ?? body.quotas.resources[0].unit,
    body.error_msg ?? body.quotas.resources[0].type,
  ];
}
