import { ValidationError } from "../errors/validation-error.ts";
import { checkLength } from "./check-length.ts";
import { checkPart } from "./check-part.ts";
import type { FunctionUrn } from "./function-urn.ts";

const short = ["projectId", "packageName", "functionName"] as const;
const full = ["urn", "fss", "region", "projectId", "function", "packageName", "functionName"] as const;

/**
 * Takes a function's URN apart, in any of the six forms and percent-encoded or not; throws a ValidationError that names the wrong part.
 *
 * `:v1` at the end is a version, `:!prod` an alias. The forms are those of FunctionUrn.yaml in the specification.
 */
export function parseUrn(urn: string): FunctionUrn {
  if (typeof urn !== "string")
    throw new ValidationError("urn", `it is ${typeof urn}, not a string; write the URN or the name`);
  const text = decode(urn);
  checkLength(text);
  const fields = text.split(":");
  const isFull = fields[0] === "urn" && fields.length > 2;
  const names: readonly string[] = isFull ? full : short.slice(Math.max(0, 3 - fields.length));
  const rest = fields.length - names.length;
  if (rest < 0 || rest > 1) throw new ValidationError("urn", explainCount(isFull, fields.length));

  const parts: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const field = fields[index] ?? "";
    if (name === "urn" || name === "fss" || name === "function") checkLiteral(index, name, field);
    else addPart(parts, name, field);
  }
  const qualifier = fields[names.length];
  if (qualifier?.startsWith("!")) addPart(parts, "alias", qualifier.slice(1));
  else if (qualifier !== undefined) addPart(parts, "version", qualifier);
  return { ...parts, functionName: parts.functionName ?? "" };
}

function addPart(parts: Record<string, string>, name: string, value: string): void {
  // `as`: every name that is not literal text in `short` and `full` is a part's.
  checkPart(name as keyof FunctionUrn, value);
  parts[name] = value;
}

function decode(urn: string): string {
  try {
    return decodeURIComponent(urn);
  } catch (cause) {
    throw new ValidationError(
      "urn",
      "its percent-encoding is broken; pass the URN as the service returned it",
      { cause },
    );
  }
}

function explainCount(isFull: boolean, count: number): string {
  return isFull
    ? `it has ${count} fields; urn:fss:<region>:<project>:function:<package>:<function> has 7, with :<version> or :!<alias> 8`
    : `it has ${count} fields; without urn: at its beginning it has at most 4, <project>:<package>:<function>:<version or !alias>`;
}

function checkLiteral(index: number, want: string, got: string): void {
  if (got === want) return;
  throw new ValidationError(
    "urn",
    `field ${index + 1} is ${JSON.stringify(got)}; the URN of a function has ${want} there`,
  );
}
