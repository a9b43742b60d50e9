import { Lexer } from "yaml";

/**
 * How deep a YAML text is nested, or a little more: brackets and braces that are open at a time, and columns of indentation
 * and of dashes on a line. The parser calls itself for every level, so a text that is too deep must be found before it.
 */
export function yamlDepth(text: string): number {
  let open = 0;
  let column = 0;
  let lineStart = true;
  let deepest = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === "\n" || token === "\r\n") {
      lineStart = true;
      column = 0;
      continue;
    }
    if (token === "[" || token === "{") open += 1;
    else if (token === "]" || token === "}") open = Math.max(0, open - 1);
    else if (open === 0 && (token === "-" || token === "?" || token === ":")) column += 1;
    else if (lineStart && /^ +$/.test(token)) column = token.length;
    lineStart = false;
    deepest = Math.max(deepest, open + column);
  }
  return deepest;
}
