import type { ServiceAnswer } from "../running/function-service.ts";
import type { PlannedCall } from "./kinds.ts";

/** What is wrong with the answer to a call; undefined when it is the call's own and right. */
export function judgeAnswer(call: PlannedCall, { status, headers, body }: ServiceAnswer): string | undefined {
  const { code, event } = call;
  const text = body.toString();
  const told = `${status}, code ${headers["x-func-err-code"]}: ${text.slice(0, 300)}`;
  if (status !== (code === 0 ? 200 : 500) || Number(headers["x-func-err-code"]) !== code)
    return `wanted code ${code} and got ${told}`;
  const log = Buffer.from(String(headers["x-cff-function-log"] ?? ""), "base64").toString();
  const strange = [...log.matchAll(/^(\S+) line \d+$/gm)].find(([, id]) => id !== event.id);
  if (strange) return `the log has a line of another call: ${strange[0]}`;
  if (event.action === "log" && !log.includes(`${event.id} line ${event.lines}\n`))
    return `the log lacks its last line: ${log.slice(-300)}`;
  const value = parsed(text);
  if (code === 0) {
    if (value?.id !== event.id) return `the answer is not its own: ${told}`;
    return event.action === "large" && value.filling !== event.filling
      ? "the answer has lost something"
      : undefined;
  }
  // What ends a process says nothing about the call.
  const speaks = code === 4001 || code === 4002;
  return speaks && !String(value?.errorMessage).includes(event.id)
    ? `the error is not its own: ${told}`
    : undefined;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // `as`: an object has properties of any kind.
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
