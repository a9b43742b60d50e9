import type { ErrorCode, FunctionConfig, OperationErrorCode } from "@functiongraph/types";
import { errors } from "@functiongraph/types/errors";
import type { Caller } from "../../contract/handler.ts";
import type { App } from "../app.ts";
import { type ReceivedCode, receiveCode } from "../code/receive-code.ts";
import { storeCode } from "../code/store-code.ts";
import { addFunction, draftConfig, type NewFunction } from "../functions/create-function.ts";
import { functionKey, functions } from "../functions/records.ts";
import { checkFunctionName, checkPackageName } from "../functions/rules/check-identity.ts";
import { showConfig } from "../functions/show-function.ts";
import { ServiceError } from "../service-error.ts";
import { type ImportedFile, openImport } from "./open-import.ts";
import { readTemplate, type Template } from "./read-template.ts";

/** A request to import. */
export interface ImportRequest {
  readonly name: string;
  readonly package: string;
  /** The ZIP in Base64. */
  readonly file: string;
}

/**
 * Makes a function from an exported ZIP.
 * @throws ServiceError with the codes that `importFunction` declares: FSS.1022, FSS.1023, FSS.1025, FSS.1057, FSS.1058 for the file, FSS.1061
 * when the name is taken, else the code of the setting that breaks its rule.
 */
export async function importFunction(
  app: App,
  caller: Caller,
  request: ImportRequest,
): Promise<FunctionConfig> {
  try {
    checkFunctionName(request.name);
    checkPackageName(request.package);
    refuseTakenName(app, caller, request);
    const opened = await openImport(app, request.file);
    const template = readTemplate(opened.yaml);
    const code = await storeCode(app, await codeOf(app, template, opened));
    const draft: NewFunction = { ...template.settings, func_name: request.name, package: request.package };
    const config = draftConfig(caller, draft);
    return app.store.write((tx) => {
      const { record, version } = addFunction(tx, app, caller, { request: draft, config, code });
      return {
        ...showConfig(tx, { region: app.region, project: caller.projectId, record, version }),
        status: 0,
      };
    });
  } catch (error) {
    throw error instanceof ServiceError ? asDeclared(error) : error;
  }
}

/** Told before the file is unpacked; the transaction asks again. */
function refuseTakenName(app: App, caller: Caller, request: ImportRequest): void {
  const taken = app.store.read((tx) =>
    tx.get(functions, caller.projectId, functionKey(request.package, request.name)),
  );
  if (taken) throw new ServiceError("FSS.1061");
}

function codeOf(
  app: App,
  { settings, codeType, codeFile }: Template,
  { file }: ImportedFile,
): Promise<ReceivedCode> {
  const bytes = codeFile === undefined ? undefined : file(codeFile);
  const image = codeType === "Custom-Image-Swr";
  if (!bytes && !image) {
    const where =
      codeFile === undefined
        ? "CodeFileName is missing in the YAML file"
        : `The ZIP does not hold ${codeFile}, which CodeFileName names`;
    throw new ServiceError("FSS.1012", `The function code must be configured. ${where}.`);
  }
  const { handler = "", runtime, custom_image } = settings;
  // The file has passed its own limit, which is the larger one.
  const limits = {
    ...app.limits,
    maxCodePackage: app.limits.maxImportFile,
    maxInlineCode: app.limits.maxImportFile,
  };
  return receiveCode(
    { ...app, limits },
    {
      runtime,
      handler,
      code_type: codeType,
      code_filename: codeFile,
      ...(bytes && { func_code: { file: Buffer.from(bytes).toString("base64") } }),
      ...(custom_image && { custom_image }),
    },
  );
}

// The compiler holds this against the description.
const own: Readonly<
  Record<Exclude<OperationErrorCode<"importFunction">, OperationErrorCode<"listProjects">>, true>
> = {
  "FSS.1002": true,
  "FSS.1003": true,
  "FSS.1004": true,
  "FSS.1005": true,
  "FSS.1006": true,
  "FSS.1007": true,
  "FSS.1008": true,
  "FSS.1009": true,
  "FSS.1011": true,
  "FSS.1012": true,
  "FSS.1013": true,
  "FSS.1017": true,
  "FSS.1018": true,
  "FSS.1019": true,
  "FSS.1022": true,
  "FSS.1023": true,
  "FSS.1024": true,
  "FSS.1025": true,
  "FSS.1041": true,
  "FSS.1042": true,
  "FSS.1046": true,
  "FSS.1056": true,
  "FSS.1057": true,
  "FSS.1058": true,
  "FSS.1061": true,
};

/** Codes of settings that `importFunction` does not declare become its code for the file that holds them. */
function asDeclared(error: ServiceError): ServiceError {
  if (declares(error.code)) return error;
  return new ServiceError(
    error.status === 403 ? "FSS.0403" : "FSS.1025",
    `Invalid YAML file. ${error.message}`,
  );
}

function declares(code: ErrorCode): boolean {
  return code in own || errors[code].common;
}
