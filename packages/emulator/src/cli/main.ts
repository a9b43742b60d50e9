#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { createEmulator } from "../emulator.ts";
import { OptionError } from "../options.ts";
import { DataFolderError } from "../store/data-folder-error.ts";
import { help, readArguments } from "./read-arguments.ts";
import { startMessage } from "./start-message.ts";

/** How long requests under way may take to end after a signal, in milliseconds. */
const drain = 1500;

try {
  const command = readArguments(process.argv.slice(2));
  if (command.kind === "help") process.stdout.write(help);
  else if (command.kind === "version") process.stdout.write(`${version()}\n`);
  else await start(command);
} catch (error) {
  if (!(error instanceof OptionError) && !(error instanceof DataFolderError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function start({
  options,
  json,
}: Extract<ReturnType<typeof readArguments>, { kind: "start" }>): Promise<void> {
  // Before the emulator runs, so that a signal during its start is not lost.
  const signal = new Promise<void>((resolve) => {
    for (const name of ["SIGINT", "SIGTERM"] as const) {
      process.once(name, () => {
        resolve();
        process.once(name, () => process.exit(1));
      });
    }
  });
  const emulator = await createEmulator(options);
  const { stdout, stderr } = startMessage(emulator, options, json);
  process.stdout.write(stdout);
  if (!json) {
    // A machine on which functions cannot run still has the rest of the API.
    const sandbox = await emulator.sandbox().catch((error: unknown) => `Functions cannot run here: ${error}`);
    process.stderr.write(`${stderr}  Sandbox      ${sandbox}\n\n  Ctrl-C stops it.\n`);
  }
  await signal;
  await emulator.close(drain);
  process.exit(0);
}

function version(): string {
  // The package's own manifest.
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
