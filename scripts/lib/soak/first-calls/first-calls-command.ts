import { soakOptions } from "../running/soak-options.ts";
import { soakFirstCalls } from "./first-calls.ts";

const shown = 20;

/** `npm run soak -- first-calls`: prints the seed first, a line for each function, and what was wrong at the end. */
export async function firstCallsCommand(args: readonly string[]): Promise<number> {
  const { parallel, rounds, seed } = soakOptions(args, { parallel: 64, rounds: 5 });
  console.log(`first-calls: ${rounds} rounds of ${parallel} calls of two functions, seed ${seed}`);
  const { rounds: results, problems } = await soakFirstCalls({ parallel, rounds, seed });
  for (const { runtime, instances, times } of results) {
    const [first, middle, last] = times.map((time) => time.toFixed(0));
    console.log(
      `first-calls: ${runtime}: ${instances} instances; the first call took ${first} ms, the middle one ${middle} ms, the last ${last} ms`,
    );
  }
  for (const problem of problems.slice(0, shown)) console.error(`first-calls: ${problem}`);
  console.log(`first-calls: ${problems.length} problems`);
  if (problems.length > 0)
    console.error(`first-calls: run it again with --parallel ${parallel} --rounds ${rounds} --seed ${seed}`);
  return problems.length > 0 ? 1 : 0;
}
