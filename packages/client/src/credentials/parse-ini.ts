/** The values of an INI file by section and name; what stands before the first section belongs to the section "". */
export function parseIni(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = "";
  for (const raw of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    const header = /^\[(.*)\]$/.exec(line)?.[1];
    if (header !== undefined) {
      section = header.trim();
      continue;
    }
    // Python's parser, which the official SDK for it uses, takes a colon for an equals sign as well.
    const [, name, value] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const values = sections.get(section) ?? new Map<string, string>();
    sections.set(section, values.set(name.toLowerCase(), value.replace(/^(["'])(.*)\1$/, "$2")));
  }
  return sections;
}
