import { ServiceError } from "../../service-error.ts";

const keyPattern = /^[A-Za-z][A-Za-z0-9_]*$/;
const mostEntries = 20;
const mostCharacters = 4096;

/**
 * Checks environment variables; the empty text stands for none.
 * @param field `user_data` or `encrypted_user_data`; messages name it and never its values.
 * @throws ServiceError FSS.1018 (length), FSS.1009 (form), FSS.1017 (entries).
 */
export function checkUserData(field: string, text: string): void {
  if (text.length > mostCharacters) {
    throw new ServiceError(
      "FSS.1018",
      `The total size of the UserData field exceeds the maximum allowed limit. ${field} must have at most ${mostCharacters} characters and has ${text.length}.`,
    );
  }
  if (text === "") return;
  const entries = Object.entries(parseObject(field, text));
  for (const [key, value] of entries) {
    if (!keyPattern.test(key)) {
      throw invalid(
        field,
        `must have names of letters, digits and underscores, a letter first, and has "${key.slice(0, 80)}"`,
      );
    }
    if (typeof value !== "string")
      throw invalid(field, `must have texts as values, and that of "${key.slice(0, 80)}" is none`);
  }
  if (entries.length > mostEntries) {
    throw new ServiceError(
      "FSS.1017",
      `The number of items in the UserData field exceeds the maximum allowed limit (20). ${field} has ${entries.length}.`,
    );
  }
}

function parseObject(field: string, text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw invalid(field, "must be a JSON object written as a text and is not");
}

function invalid(field: string, what: string): ServiceError {
  return new ServiceError("FSS.1009", `Invalid function UserData. ${field} ${what}.`);
}
