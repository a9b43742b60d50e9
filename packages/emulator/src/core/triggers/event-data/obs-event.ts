const created = ["put", "post", "copy", "completemultipartupload"];
const removed = ["delete", "deletemarkercreated"];
const all: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries([...created, ...removed].map((event) => [event, [event]])),
  objectcreated: created,
  objectremoved: removed,
};

/**
 * The single events that a text stands for, in lower case; none when it is unknown. Texts are `s3:ObjectCreated:*`, `s3:ObjectCreated:Put`
 * or the bare words `ObjectCreated` and `Put`, capitals not mattering.
 */
export function obsEvents(text: string): readonly string[] | undefined {
  const word = text.toLowerCase();
  const match = /^s3:(objectcreated|objectremoved):(.+)$/.exec(word);
  if (!match) return Object.hasOwn(all, word) ? all[word] : undefined;
  const group = all[match[1] ?? ""];
  if (match[2] === "*") return group;
  return group?.filter((event) => event === match[2])[0] === undefined ? undefined : [match[2] ?? ""];
}
