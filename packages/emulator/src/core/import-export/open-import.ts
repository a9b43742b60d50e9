import { readZip, type ZipEntry } from "../../zip/read-zip.ts";
import type { App } from "../app.ts";
import { readBase64 } from "../code/read-base64.ts";
import { ServiceError } from "../service-error.ts";
import { invalidYaml } from "./parse-yaml.ts";

/** What a ZIP to import holds. */
export interface ImportedFile {
  readonly yaml: Uint8Array;
  /** Finds a file by its name. */
  readonly file: (name: string) => Uint8Array | undefined;
}

/**
 * Opens an exported ZIP.
 * @param text Base64
 * @throws ServiceError FSS.1011 (no Base64, no sound ZIP), FSS.1022 (several YAML files), FSS.1023 (too large), FSS.1025 (no YAML file).
 */
export async function openImport(app: App, text: string): Promise<ImportedFile> {
  const bytes = decode(text, app.limits.maxImportFile);
  const entries = await readZip(bytes, {
    limits: { unpacked: app.limits.maxImportFile },
    refuse: ({ kind, message }) =>
      kind === "size"
        ? new ServiceError("FSS.1023", `The imported file is too large. zip: ${message}`)
        : new ServiceError("FSS.1011", `zip: ${message}`, { error_msg: "Invalid function code." }),
  });
  const files = new Map(
    entries.filter((entry) => entry.kind === "file").map((entry) => [entry.path, entry.bytes]),
  );
  return { yaml: onlyYaml(entries), file: (name) => files.get(name) };
}

function decode(text: string, most: number): Uint8Array {
  try {
    return readBase64(text, { field: "file_code", most, tooLarge: "FSS.1023" });
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "FSS.1023") throw error;
    throw new ServiceError(
      "FSS.1023",
      `The imported file is too large. file_code must have at most ${most} bytes.`,
    );
  }
}

function onlyYaml(entries: readonly ZipEntry[]): Uint8Array {
  const [first, ...more] = entries.filter(({ kind, path }) => kind === "file" && /\.ya?ml$/i.test(path));
  if (more.length > 0)
    throw new ServiceError("FSS.1022", `Only one YAML file is allowed. The ZIP holds ${more.length + 1}.`);
  if (!first) throw invalidYaml("the ZIP holds none, as an export without configuration does");
  return first.bytes;
}
