import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { UserError } from "../../user-error.ts";
import { fuzzEmulator } from "./fuzz-emulator.ts";

/** More is taken for a leak: what is loaded once and caches that have a bound make less. */
const allowedGrowth = 8 * 1024 * 1024;
const shownFailures = 20;

/** `npm run soak -- fuzz`: prints the seed first, progress on the way, and figures or what was wrong at the end. */
export async function fuzzCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { requests: { type: "string", default: "5000" }, seed: { type: "string" } },
  });
  const requests = whole("requests", values.requests);
  const seed = values.seed === undefined ? randomInt(1, 2 ** 31) : whole("seed", values.seed);
  console.log(`fuzz: ${requests} requests, seed ${seed}`);
  const started = performance.now();
  const onProgress = (done: number): void => console.log(`fuzz: ${done} requests done`);
  const { failures, ...result } = await fuzzEmulator({ seed, requests, onProgress });
  for (const { number, operationId, request, problems } of failures.slice(0, shownFailures)) {
    console.error(`fuzz: request ${number}, ${operationId}: ${problems.join("; ")}\n  ${request}`);
  }
  if (failures.length > shownFailures) console.error(`fuzz: and ${failures.length - shownFailures} more`);
  const statuses = Object.entries(result.byStatus).map(([status, count]) => `${count} × ${status}`);
  console.log(`fuzz: ${statuses.join(", ")}`);
  console.log(
    `fuzz: ${result.succeeded.length} operations succeeded at least once; never: ${result.neverSucceeded.join(", ") || "none"}`,
  );
  console.log(
    `fuzz: heap after each thousand and a reset: ${result.heapSizes.map(megabytes).join(", ")} MB, growth ${megabytes(result.heapGrowth)} MB`,
  );
  const grown = result.heapGrowth > allowedGrowth;
  if (grown) console.error(`fuzz: memory grew by more than ${megabytes(allowedGrowth)} MB`);
  console.log(
    `fuzz: ${failures.length} failures, ${result.violations} violations, ${Math.round((performance.now() - started) / 1000)} s`,
  );
  const failed = failures.length > 0 || result.violations > 0 || grown;
  if (failed) console.error(`fuzz: run it again with --requests ${requests} --seed ${seed}`);
  return failed ? 1 : 0;
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new UserError(`--${name} is a whole number from 1 and not ${text}.`);
  return number;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
