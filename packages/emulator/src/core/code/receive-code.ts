import type { CustomImage } from "@functiongraph/types";
import type { App } from "../app.ts";
import { checkImage } from "../functions/rules/check-image.ts";
import { type Language, languageOf } from "../functions/rules/runtime.ts";
import { ServiceError } from "../service-error.ts";
import { checkArchive, looksLikeZip } from "./check-archive.ts";
import { checkFilename, inlineFilename, urlFilename } from "./code-filename.ts";
import { readObject } from "./object-storage.ts";
import { readBase64 } from "./read-base64.ts";
import { sampleCode } from "./sample-code.ts";

/** What a request says about code, and what of the function decides how it is read. */
export interface CodeRequest {
  readonly runtime: string;
  readonly handler: string;
  readonly code_type?: string | undefined;
  readonly code_url?: string | undefined;
  readonly code_filename?: string | undefined;
  readonly func_code?: { readonly file?: string; readonly link?: string } | undefined;
  readonly custom_image?: CustomImage | undefined;
}

/** Code that has been checked, ready to be stored. */
export interface ReceivedCode {
  readonly codeType: string;
  readonly codeUrl: string;
  readonly filename: string;
  /** The package, or the source text; absent for images. */
  readonly bytes?: Uint8Array;
}

const compiled: ReadonlySet<Language> = new Set(["java", "go", "csharp", "cangjie"]);

/**
 * Reads and checks the code of a request, whichever way it comes.
 * @throws ServiceError FSS.1006 (code_type), FSS.1010, FSS.1011 (unreadable), FSS.1012 (missing), FSS.1013 (file name), FSS.1034, FSS.1054,
 * FSS.1071, FSS.1072 (too large), FSS.1075.
 */
export async function receiveCode(app: App, request: CodeRequest): Promise<ReceivedCode> {
  const language = languageOf(request.runtime);
  const codeType = request.code_type || (language === "image" ? "Custom-Image-Swr" : "");
  if ((codeType === "Custom-Image-Swr") !== (language === "image") && request.runtime !== "http") {
    throw invalidType(codeType, `does not go with the runtime ${request.runtime}`);
  }
  switch (codeType) {
    case "inline":
      return receiveInline(app, request, language);
    case "zip":
      return receivePackage(app, request, codeType);
    case "jar":
      if (language !== "java")
        throw invalidType(codeType, `needs a Java runtime, and the runtime is ${request.runtime}`);
      return receivePackage(app, request, codeType);
    case "obs":
      return receiveObject(app, request);
    case "Custom-Image-Swr":
      checkImage(request.custom_image);
      return { codeType, codeUrl: "", filename: "" };
    case "":
      throw new ServiceError(
        "FSS.1006",
        "Invalid function code entry mode. code_type is required unless the function has a container image, and is missing.",
      );
    default:
      throw invalidType(codeType, "is none of inline, zip, jar, obs and Custom-Image-Swr");
  }
}

async function receiveInline(app: App, request: CodeRequest, language: Language): Promise<ReceivedCode> {
  if (language === "java") throw invalidType("inline", "does not go with a Java runtime");
  const bytes = readFile(app, request, language);
  if (looksLikeZip(bytes)) {
    await checkArchive(bytes, app.limits);
    return {
      codeType: "inline",
      codeUrl: "",
      filename: request.code_filename ? checkFilename("inline", request.code_filename) : "index.zip",
      bytes,
    };
  }
  if (compiled.has(language))
    throw invalidType(
      "inline",
      `cannot carry source text for the runtime ${request.runtime}, which needs compiled code`,
    );
  return {
    codeType: "inline",
    codeUrl: "",
    filename: inlineFilename(request.runtime, request.handler),
    bytes,
  };
}

function readFile(app: App, request: CodeRequest, language: Language): Uint8Array {
  const text = request.func_code?.file;
  // An empty text, other than none, asks for the sample.
  const sample = text === "" ? sampleCode(language, request.handler) : undefined;
  if (sample !== undefined) return Buffer.from(sample);
  if (!text) throw codeMissing("inline");
  return readBase64(text, { field: "func_code.file", most: app.limits.maxInlineCode, tooLarge: "FSS.1072" });
}

async function receivePackage(app: App, request: CodeRequest, codeType: string): Promise<ReceivedCode> {
  const text = request.func_code?.file;
  if (!text) throw codeMissing(codeType);
  const filename = checkFilename(codeType, request.code_filename);
  const bytes = readBase64(text, {
    field: "func_code.file",
    most: app.limits.maxCodePackage,
    tooLarge: "FSS.1071",
  });
  await checkArchive(bytes, app.limits);
  return { codeType, codeUrl: "", filename, bytes };
}

async function receiveObject(app: App, request: CodeRequest): Promise<ReceivedCode> {
  const url = request.code_url;
  if (!url)
    throw new ServiceError(
      "FSS.1012",
      "The function code must be configured. code_url is required for the code_type obs and is missing.",
    );
  // A package from a bucket may be as large as an imported file; see spec/schemas/functions/CodeType.yaml.
  const bytes = await readObject(app, url, "code_url", app.limits.maxImportFile);
  await checkArchive(bytes, app.limits);
  return { codeType: "obs", codeUrl: url, filename: urlFilename(url), bytes };
}

function codeMissing(codeType: string): ServiceError {
  return new ServiceError(
    "FSS.1012",
    `The function code must be configured. func_code.file is required for the code_type ${codeType} and is missing or empty.`,
  );
}

function invalidType(codeType: string, what: string): ServiceError {
  return new ServiceError(
    "FSS.1006",
    `Invalid function code entry mode. code_type is "${codeType.slice(0, 60)}", which ${what}.`,
  );
}
