import { ServiceError } from "../service-error.ts";

const nameRule = /^[A-Za-z]([A-Za-z0-9_-]{0,23}[A-Za-z0-9])?$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Checks the name of a test event.
 * @throws ServiceError FSS.1074.
 */
export function checkEventName(name: string): void {
  if (nameRule.test(name)) return;
  throw invalid(
    `name must have 1 to 25 letters, digits, hyphens and underscores, a letter first and a letter or digit last, and is "${name.slice(0, 60)}".`,
  );
}

/**
 * Checks that a content is a JSON document in Base64 of limited size.
 * @param largest bytes of the document
 * @throws ServiceError FSS.1069 (too large), FSS.1074 (not Base64, not JSON).
 */
export function checkEventContent(content: string, largest: number): void {
  if (!base64.test(content) || content === "")
    throw invalid("content must be a JSON document in Base64 and is not Base64.");
  const document = Buffer.from(content, "base64");
  if (document.byteLength > largest) {
    throw new ServiceError(
      "FSS.1069",
      `The size of EventData exceeds 4 KB. content must stand for at most ${largest} bytes and stands for ${document.byteLength}.`,
    );
  }
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(document));
  } catch {
    throw invalid("content must be a JSON document in Base64, and what it stands for is not JSON.");
  }
}

function invalid(what: string): ServiceError {
  return new ServiceError("FSS.1074", `The event field is invalid. ${what}`);
}
