import type { EmulatorOptions } from "../options.ts";
import type { Emulator } from "../start-emulator.ts";

/** What is printed at the start: one line for programs on standard output, with JSON a second one, and what people want to know on standard error. */
export function startMessage(
  emulator: Emulator,
  options: EmulatorOptions,
  json: boolean,
): { readonly stdout: string; readonly stderr: string } {
  const { url, projectId, credentials, token, region } = emulator;
  const ready = `ready ${url}\n`;
  if (json)
    return { stdout: `${ready}${JSON.stringify({ url, projectId, ...credentials, token })}\n`, stderr: "" };
  const lines = [
    `  Region       ${region}`,
    `  Project      ${projectId}`,
    // Only the keys that everybody knows; configured ones are their owner's.
    ...(options.users
      ? []
      : [
          `  Access key   ${credentials.accessKey}`,
          `  Secret key   ${credentials.secretKey}`,
          "  User         ada, password example-password, account example-domain",
        ]),
    `  State        ${options.data === undefined ? "in memory" : `in the folder ${options.data}`}`,
    "",
  ];
  return { stdout: ready, stderr: lines.join("\n") };
}
