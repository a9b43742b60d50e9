import { runtimeValues } from "@functiongraph/types/enums";
import { ServiceError } from "../../service-error.ts";

/** What the rules about handlers and code depend on; `unknown` for runtimes that are not in the documents. */
export type Language =
  | "node"
  | "python"
  | "php"
  | "java"
  | "go"
  | "csharp"
  | "cangjie"
  | "server"
  | "image"
  | "unknown";

const prefixes: readonly (readonly [string, Language])[] = [
  ["Node.js", "node"],
  ["Python", "python"],
  ["PHP", "php"],
  ["Java", "java"],
  ["Go", "go"],
  ["C#", "csharp"],
  ["Cangjie", "cangjie"],
];

/** The language of a runtime. */
export function languageOf(runtime: string): Language {
  if (runtime === "Custom Image") return "image";
  if (runtime === "Custom" || runtime === "http") return "server";
  return prefixes.find(([prefix]) => runtime.startsWith(prefix))?.[1] ?? "unknown";
}

/**
 * Checks the spelling of a runtime. Unknown ones pass, as the service adds some every year; those that are a known one misspelt do not.
 * @throws ServiceError FSS.1005.
 */
export function checkRuntime(runtime: string): void {
  const known: readonly string[] = runtimeValues;
  if (known.includes(runtime)) return;
  const meant = known.find((value) => plain(value) === plain(runtime));
  if (meant)
    throw new ServiceError("FSS.1005", `Invalid runtime. runtime is spelt "${meant}" and is "${runtime}".`);
  if (/^[\w#.() -]{1,64}$/.test(runtime) && runtime.trim() === runtime) return;
  throw new ServiceError(
    "FSS.1005",
    `Invalid runtime. runtime must be the name of a runtime, such as ${known[0]}, and is "${runtime.slice(0, 80)}".`,
  );
}

const plain = (runtime: string): string => runtime.toLowerCase().replaceAll(/[\s_-]/g, "");
