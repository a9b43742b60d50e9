/** Letters, digits and what no shell and no list of paths takes for something else. */
const plain = /^[\p{L}\p{M}\p{N}_./+,@%~-]*$/u;

/** Whether a path can stand in scripts and variables as it is: no blank or other character in it splits it where nobody has quoted it. */
export function isPlainPath(path: string): boolean {
  return plain.test(path);
}
