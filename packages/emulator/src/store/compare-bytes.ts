/** Orders two strings as their UTF-8 bytes are ordered; `<` orders UTF-16 units, which puts emoji before U+E000. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left, a, at) - rank(right, b, at);
  }
  return a.length - b.length;
}

/** Moves the halves of surrogate pairs above all other units; a lone one stays where its code point is. */
function rank(unit: number, text: string, at: number): number {
  if (unit < 0xd800 || unit > 0xdfff) return unit;
  const paired = unit < 0xdc00 ? isTail(text.charCodeAt(at + 1)) : isHead(text.charCodeAt(at - 1));
  return paired ? unit + 0x10000 : unit;
}

const isHead = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isTail = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
