import { askInterpreter, findInterpreter, type Interpreter, isNewEnough } from "./interpreter.ts";

/** The interpreter of a runtime, or a sentence that says why there is none and what to do. */
export type Choice = Interpreter | { readonly reason: string };

const example = `{ "programs": { "Python3.9": "/usr/bin/python3" } }`;

/**
 * Chooses the interpreter of a runtime: the one that the user configured for it or its version, or the first `python3` of PATH. Each is looked
 * for once.
 */
export function interpreterChooser(
  programs: Readonly<Record<string, string>>,
): (runtime: string) => Promise<Choice> {
  const asked = new Map<string, Promise<Interpreter | undefined>>();

  function once(
    name: string,
    find: () => Promise<Interpreter | undefined>,
  ): Promise<Interpreter | undefined> {
    let found = asked.get(name);
    if (!found) {
      found = find();
      asked.set(name, found);
    }
    return found;
  }

  return async (runtime) => {
    const version = runtime.replace(/^Python/, "");
    const major = version.split(".")[0] ?? "";
    const names = [runtime, version, `Python${major}`, major];
    const configured = names.map((name) => programs[name]).find((program) => program !== undefined);
    if (configured !== undefined) {
      const found = await once(configured, () => askInterpreter(configured));
      if (!found)
        return {
          reason: `The program ${configured}, configured for the runtime ${runtime}, cannot be started or is no Python 3. Correct it in the option programs, as ${example}.`,
        };
      if (!isNewEnough(found.version))
        return {
          reason: `The program ${configured}, configured for the runtime ${runtime}, is Python ${found.version}. Configure Python 3.6 or newer.`,
        };
      return found;
    }
    if (major === "2")
      return {
        reason: `No interpreter is configured for the runtime ${runtime}. The emulator runs Python 3.6 and newer: choose a runtime of Python 3 for the function, or name a program for "${runtime}" in the option programs to run it with that.`,
      };
    const found = await once("python3", () => findInterpreter());
    return (
      found ?? {
        reason: `No python3 of version 3.6 or newer was found in PATH for the runtime ${runtime}. Install Python 3, or name its program in the option programs, as ${example}.`,
      }
    );
  };
}
