import type { Language } from "./configured-programs.ts";

/** Where the programs usually are. */
const usual: Readonly<Record<Language, string>> = {
  "Node.js": "/usr/bin/node",
  Python: "/usr/bin/python3",
  Java: "/usr/bin/java",
  PHP: "/usr/bin/php",
  "C#": "/usr/bin/dotnet",
};

/**
 * The end of a sentence that tells somebody to configure a program: the option, and an example that can be taken as it is.
 * @param key the name under which it is to be configured
 */
export function programsOption(language: Language, key: string = language): string {
  return `in the option runtime.programs, as { "runtime": { "programs": { "${key}": "${usual[language]}" } } }`;
}
