import { soakOptions } from "../running/soak-options.ts";
import { soakAsyncKill } from "./async-kill.ts";

const shown = 20;

/** `npm run soak -- async-kill`: prints the seed first, progress on the way, and figures or what was wrong at the end. */
export async function asyncKillCommand(args: readonly string[]): Promise<number> {
  const { rounds, seed } = soakOptions(args, { rounds: 200 });
  console.log(`async-kill: ${rounds} rounds, seed ${seed}`);
  const began = performance.now();
  const { kills, killsAtStart, processes, accepted, byStatus, repeated, problems, folder } =
    await soakAsyncKill({
      rounds,
      seed,
      onRound: (round) => round % 20 === 0 && console.log(`async-kill: ${round} rounds done`),
    });
  for (const problem of problems.slice(0, shown)) console.error(`async-kill: ${problem}`);
  if (problems.length > shown) console.error(`async-kill: and ${problems.length - shown} more`);
  const states = Object.entries(byStatus).map(([status, number]) => `${number} × ${status}`);
  console.log(
    `async-kill: ${kills} kills (${killsAtStart} of them while starting) of ${processes} processes, ${accepted} requests accepted, recorded ${states.join(", ")}, ` +
      `${repeated} runs were repeated, ${problems.length} problems, ${Math.round((performance.now() - began) / 1000)} s`,
  );
  if (problems.length > 0)
    console.error(
      `async-kill: what was found lies in ${folder}; run it again with --rounds ${rounds} --seed ${seed}`,
    );
  return problems.length > 0 ? 1 : 0;
}
