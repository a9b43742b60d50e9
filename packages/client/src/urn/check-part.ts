import { ValidationError } from "../errors/validation-error.ts";
import type { FunctionUrn } from "./function-urn.ts";

/** What would end the part, lead to another path, or be read differently by someone: separators, blanks, control and invisible characters. */
const forbidden = /[\s:!/\\?#%\p{Cc}\p{Cf}\p{Cs}]/u;

/** Throws a ValidationError that names the part when its value cannot stand in a URN, in whichever form. */
export function checkPart(part: keyof FunctionUrn, value: string): void {
  if (value === "") throw new ValidationError(part, "it is empty; write it or leave it out with its colon");
  if (value === "." || value === "..") {
    throw new ValidationError(part, `${value} would lead to another path; write the name itself`);
  }
  const found = forbidden.exec(value)?.[0];
  if (found) {
    const hint = found === "!" ? "! marks an alias, the last field of a URN of 4 or 8" : "leave it out";
    throw new ValidationError(part, `${JSON.stringify(value)} contains ${spell(found)}; ${hint}`);
  }
}

/** The character itself where it can be seen, its code point where it cannot. */
function spell(character: string): string {
  if (/[!-~]/.test(character)) return character;
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
}
