import { languageOf } from "../functions/rules/runtime.ts";
import { ServiceError } from "../service-error.ts";

const extensions: Readonly<Record<string, string>> = { node: ".js", python: ".py", php: ".php" };

/** The file that source text sent inline becomes: the one that the handler names. */
export function inlineFilename(runtime: string, handler: string): string {
  const language = languageOf(runtime);
  if (language === "server") return "bootstrap";
  const dot = handler.lastIndexOf(".");
  return `${dot > 0 ? handler.slice(0, dot) : "index"}${extensions[language] ?? ""}`;
}

/** The name of the object that a URL leads to. */
export function urlFilename(url: string): string {
  return decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "");
}

/**
 * Checks the file name that a request gives.
 * @throws ServiceError FSS.1013 when it is missing or holds a folder.
 */
export function checkFilename(codeType: string, filename: string | undefined): string {
  if (!filename) {
    throw new ServiceError(
      "FSS.1013",
      `Invalid file type. code_filename is required for the code_type ${codeType} and is missing.`,
    );
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (filename.length <= 255 && !/[/\\\u0000-\u001f]/.test(filename) && filename !== "." && filename !== "..")
    return filename;
  throw new ServiceError(
    "FSS.1013",
    `Invalid file type. code_filename must be the name of a file without folders and is "${filename.slice(0, 100)}".`,
  );
}
