import { configuredProgram, type Programs } from "../programs/configured-programs.ts";
import { programsOption } from "../programs/programs-option.ts";
import { askInterpreter, findInterpreter, type Interpreter, isNewEnough } from "./interpreter.ts";

/** The interpreter of a runtime, or a sentence that says why there is none and what to do. */
export type Choice = Interpreter | { readonly reason: string };

/**
 * Chooses the interpreter of a runtime: the one that the user configured for it or its version, or the first `python3` of PATH. Each is looked
 * for once.
 */
export function interpreterChooser(
  programs: Programs,
  signal?: AbortSignal,
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
    const configured = configuredProgram(programs, "Python", version);
    if (configured) {
      const { key, program } = configured;
      const found = await once(program, () => askInterpreter(program, signal));
      if (!found)
        return {
          reason: `The program ${program}, configured for ${key}, cannot be started or is no Python 3. Correct it ${programsOption("Python", key)}.`,
        };
      if (!isNewEnough(found.version))
        return {
          reason: `The program ${program}, configured for ${key}, is Python ${found.version}. Configure Python 3.6 or newer ${programsOption("Python", key)}.`,
        };
      return found;
    }
    if (version.startsWith("2."))
      return {
        reason: `No interpreter is configured for the runtime ${runtime}. The emulator runs Python 3.6 and newer: choose a runtime of Python 3 for the function, or name a program of Python 3 for it ${programsOption("Python", runtime)}.`,
      };
    const found = await once("python3", () => findInterpreter({ signal }));
    return (
      found ?? {
        reason: `No python3 of version 3.6 or newer was found in PATH. Install Python 3, or name its program ${programsOption("Python")}.`,
      }
    );
  };
}
