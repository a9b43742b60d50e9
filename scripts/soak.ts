// `npm run soak -- <name> [options]`: the heavy runs that tests only do in short. Without a name it lists them.
import { soaks } from "./lib/soak/soaks.ts";
import { runCommand, UserError } from "./lib/user-error.ts";

await runCommand(async () => {
  const [name = "", ...args] = process.argv.slice(2);
  const soak = soaks.get(name);
  if (soak) return soak.run(args);
  const known = [...soaks].map(([known, { about }]) => `  npm run soak -- ${known}  ${about}`);
  throw new UserError(`${name === "" ? "Name a soak" : `There is no soak "${name}"`}:\n${known.join("\n")}`);
});
