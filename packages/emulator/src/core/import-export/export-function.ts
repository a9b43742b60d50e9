import type { FunctionConfig } from "@functiongraph/types";
import type { Caller } from "../../contract/handler.ts";
import type { Reader } from "../../store/store.ts";
import { writeZip, type ZipFile } from "../../zip/write-zip.ts";
import { zipPath } from "../../zip/zip-path.ts";
import type { App } from "../app.ts";
import { type FoundFunction, findFunction } from "../functions/find-function.ts";
import { ServiceError } from "../service-error.ts";
import { writeTemplate } from "./write-template.ts";

/** Which parts a ZIP is to hold. */
export interface ExportParts {
  readonly code: boolean;
  readonly config: boolean;
}

/**
 * Reads the parameters of an export.
 * @throws ServiceError FSS.1001 when they name no part or contradict each other.
 */
export function readExportParts(code = false, config = false, type?: "code" | "config"): ExportParts {
  if (type !== undefined && (code || config))
    throw invalidQuery("type stands alone, and code or config is true beside it");
  if (type !== undefined) return { code: type === "code", config: type === "config" };
  if (!code && !config)
    throw invalidQuery("code, config or both must be true, or type must name one of them");
  return { code, config };
}

/**
 * Packs a version of a function as a ZIP that `importFunction` takes.
 * @throws ServiceError FSS.1001 (no code, or more than can be exported), FSS.1051, FSS.1052, FSS.1309.
 */
export async function exportFunction(
  app: App,
  caller: Caller,
  urn: string,
  parts: ExportParts,
): Promise<Uint8Array> {
  const { version } = app.store.read((tx) => findVersion(tx, caller.projectId, urn));
  const { config, codeDigest } = version;
  const codeFile = codeDigest === undefined ? undefined : codeFileName(config);
  const files: ZipFile[] = [];
  if (parts.config)
    files.push({ path: `${config.func_name}.yaml`, bytes: Buffer.from(writeTemplate(config, codeFile)) });
  if (parts.code && codeDigest !== undefined && codeFile !== undefined) {
    const most = app.limits.maxCodePackage;
    if (version.codeSize > most)
      throw invalidQuery(
        `an export holds at most ${most} bytes of code, and the function has ${version.codeSize}`,
      );
    const bytes = await app.packages.get(codeDigest);
    if (!bytes)
      throw new ServiceError(
        "FSS.0500",
        "The code package of the function is not in the emulator's store any more.",
      );
    files.push({ path: codeFile, bytes });
  }
  if (files.length === 0)
    throw invalidQuery("the function runs from a container image and has no code to export");
  return writeZip(files);
}

/** The file that holds the code in the ZIP. A name that could be taken for the description of the function, or cannot be packed, is not used. */
function codeFileName({ code_filename: name, code_type: type }: FunctionConfig): string {
  return name && !/\.ya?ml$/i.test(name) && isPackable(name)
    ? name
    : type === "jar"
      ? "code.jar"
      : "code.zip";
}

function isPackable(name: string): boolean {
  try {
    return zipPath(name).join("/") === name;
  } catch {
    return false;
  }
}

function findVersion(tx: Reader, project: string, urn: string): FoundFunction {
  try {
    return findFunction(tx, project, urn);
  } catch (error) {
    if (error instanceof ServiceError && error.code === "FSS.1053") throw new ServiceError("FSS.1052");
    throw error;
  }
}

function invalidQuery(what: string): ServiceError {
  return new ServiceError("FSS.1001", `Invalid query parameter. ${what}.`);
}
