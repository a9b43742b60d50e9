import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { UserError } from "../../user-error.ts";

/** The options of a soak that are whole numbers from 1: as given, or their defaults; and the seed, random unless it is given. */
export function soakOptions<Name extends string>(
  args: readonly string[],
  defaults: Readonly<Record<Name, number>>,
): Record<Name | "seed", number> {
  const known: Record<string, number | undefined> = { ...defaults, seed: undefined };
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.keys(known).map((name) => [name, text])),
  });
  const chosen = Object.entries(known).map(([name, usual]) => {
    const given = values[name];
    const value = given === undefined ? (usual ?? randomInt(1, 2 ** 31)) : Number(given);
    if (!Number.isSafeInteger(value) || value < 1)
      throw new UserError(`--${name} is a whole number from 1 and not ${given}.`);
    return [name, value] as const;
  });
  // `as`: Object.fromEntries forgets the names.
  return Object.fromEntries(chosen) as Record<Name | "seed", number>;
}
