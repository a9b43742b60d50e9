import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { UserError } from "../../user-error.ts";
import { kill } from "./kill.ts";

/** `npm run soak -- kill`: prints the seed first, progress on the way, and figures or what was wrong at the end. */
export async function killCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: "string", default: "500" }, seed: { type: "string" } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new UserError(`--rounds is a whole number from 1 and not ${values.rounds}.`);
  const seed = values.seed ?? randomUUID();
  console.log(`kill: ${rounds} rounds, seed ${seed}`);
  const started = performance.now();
  const result = await kill({
    rounds,
    seed,
    onRound: (round) => round % 50 === 0 && console.log(`kill: ${round} rounds done`),
  });
  for (const problem of result.problems) console.error(`kill: ${problem}`);
  const { kills, killsAtStart, checks, acknowledged, unacknowledged, problems, folder } = result;
  console.log(
    `kill: ${kills} kills (${killsAtStart} of them while starting), ${checks} checks, ${acknowledged} writes acknowledged, ` +
      `${unacknowledged} found whole that were not acknowledged yet, ${problems.length} problems, ${Math.round((performance.now() - started) / 1000)} s`,
  );
  if (problems.length > 0)
    console.error(`kill: what was found lies in ${folder}; run it again with --seed ${seed}`);
  return problems.length > 0 ? 1 : 0;
}
