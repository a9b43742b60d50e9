import type { Plugin } from "./redocly.js";
import { RULES } from "./rules.js";

export type { Plugin, Rule } from "./redocly.js";

/** The plugin `fg`. Redocly calls the default export of a plugin's module. */
export default function functionGraphPlugin(): Plugin {
  return { id: "fg", rules: { oas3: RULES } };
}
