import { soakOptions } from "../running/soak-options.ts";
import { callsBefore, soakInvocations } from "./invocations.ts";

/** More is taken for a leak: part of what the emulator holds after the first calls. */
const allowedGrowth = 0.1;
const shown = 20;

/** `npm run soak -- invocations`: prints the seed first, progress on the way, and figures or what was wrong at the end. */
export async function invocationsCommand(args: readonly string[]): Promise<number> {
  const { count, callers, seed } = soakOptions(args, { count: 100_000, callers: 24 });
  console.log(`invocations: ${count} calls from ${callers} callers, seed ${seed}`);
  const began = performance.now();
  const onProgress = (done: number): void => console.log(`invocations: ${done} calls made`);
  const { problems, byCode, callsPerSecond, memory, processes, left } = await soakInvocations({
    count,
    callers,
    seed,
    onProgress,
  });
  for (const problem of problems.slice(0, shown)) console.error(`invocations: ${problem}`);
  if (problems.length > shown) console.error(`invocations: and ${problems.length - shown} more`);
  const [early, late] = memory;
  const growth = late / early - 1;
  const ends = Object.entries(byCode).map(([code, number]) => `${number} × ${code}`);
  console.log(`invocations: ${callsPerSecond.toFixed(0)} calls a second; ends: ${ends.join(", ")}`);
  console.log(
    `invocations: memory ${megabytes(early)} MB after the first ${callsBefore(count)} calls and ${megabytes(late)} MB at the end, growth ${(100 * growth).toFixed(1)} %`,
  );
  const grown = growth > allowedGrowth;
  if (grown) console.error(`invocations: memory grew by more than ${100 * allowedGrowth} %`);
  console.log(
    `invocations: ${problems.length} problems, ${processes} processes at the end of which ${left.length} were left, ${Math.round((performance.now() - began) / 1000)} s`,
  );
  const failed = problems.length > 0 || grown;
  if (failed)
    console.error(`invocations: run it again with --count ${count} --callers ${callers} --seed ${seed}`);
  return failed ? 1 : 0;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
