import type { ParameterKind } from "../routing/route.ts";

/** The declared parameters of one place, and the names that are not declared or come twice. */
export interface ReadParameters {
  readonly values: Readonly<Record<string, unknown>>;
  readonly unknown: readonly string[];
  readonly repeated: readonly string[];
}

/** Reads declared parameters; text that is not of its kind stays text, which the validator then refuses. */
export function readParameters(
  declared: Readonly<Record<string, ParameterKind>>,
  pairs: readonly (readonly [string, string])[],
): ReadParameters {
  const values: Record<string, unknown> = {};
  const unknown: string[] = [];
  const repeated: string[] = [];
  for (const [name, text] of pairs) {
    const kind = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (!kind) unknown.push(name);
    else if (Object.hasOwn(values, name)) repeated.push(name);
    else values[name] = convert(text, kind);
  }
  return { values, unknown, repeated };
}

function convert(text: string, kind: ParameterKind): unknown {
  if (kind === "integer" && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (kind === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}
