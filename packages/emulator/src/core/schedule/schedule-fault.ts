/** Why a schedule cannot be read. The callers put it behind the wording of their own error code. */
export class ScheduleFault extends Error {
  override readonly name = "ScheduleFault";
}

/** A value as it is quoted in messages: never longer than a line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}
