import type { Catalogue, CatalogueEntry } from "./catalogue.ts";

/** The text of `catalogue.yaml` with the `operations` of every code as the operations themselves declare them; all else stays as it is. */
export function catalogueText(text: string, filled: Catalogue): string {
  const entries = { ...filled.codes, ...filled.gateway };
  let code = "";
  return text
    .split("\n")
    .map((line) => {
      code = line.match(/^ {2}([A-Z]+\.\d+):$/)?.[1] ?? code;
      const entry = entries[code];
      return /^ {4}operations: \[.*\]$/.test(line) && entry
        ? `    operations: [${entry.common ? "" : entry.operations.join(", ")}]`
        : line;
    })
    .join("\n");
}

/** The example file of a code: the body that an answer with it has; none for a code that no answer was ever seen with. */
export function errorExample(code: string, entry: CatalogueEntry): string | undefined {
  const message = entry.wireMessages?.[0] ?? entry.message;
  if (entry.status === null || message === null) return undefined;
  const details = Object.entries(entry.details ?? {}).map(
    ([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`,
  );
  const requestId = code.startsWith("APIGW.") ? "  request_id: 6f1d2a3b4c5d6e7f8091a2b3c4d5e6f7\n" : "";
  return `summary: HTTP ${entry.status}, ${code}\nvalue:\n  error_code: ${code}\n  error_msg: ${JSON.stringify(message)}\n${requestId}${details.length ? `  details:\n${details.join("")}` : ""}`;
}
