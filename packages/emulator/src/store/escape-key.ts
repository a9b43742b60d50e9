// UTF-8, and so SQLite, has no lone surrogates: half a character, which JSON can spell all the same. The mark lies just before where they
// would lie, so that escaped keys sort like the keys themselves.
const mark = "\ud7ff";
const special = /\ud7ff|\p{Surrogate}/gu;
const escaped = /\ud7ff(?:0|1([\u0100-\u08ff]))/g;
const shift = 0xd800 - 0x100;

/** Makes any string one that SQLite keeps whole, in the same bytewise order and with the same prefixes; nearly all stay as they are. */
export function escapeKey(key: string): string {
  return key.replace(special, (character) =>
    character === mark ? `${mark}0` : `${mark}1${String.fromCharCode(character.charCodeAt(0) - shift)}`,
  );
}

/** The string that `escapeKey` was given. */
export function unescapeKey(key: string): string {
  if (!key.includes(mark)) return key;
  return key.replace(escaped, (_, half: string | undefined) =>
    half ? String.fromCharCode(half.charCodeAt(0) + shift) : mark,
  );
}
