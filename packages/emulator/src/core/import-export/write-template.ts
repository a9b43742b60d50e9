import { isDeepStrictEqual } from "node:util";
import type { FunctionConfig } from "@functiongraph/types";
import { stringify } from "yaml";
import { isMapping, readKind } from "./field-kind.ts";
import { templateFields } from "./template-fields.ts";

/** Type of a function among the resources of a YAML file. */
export const functionType = "HC::Serverless::Function";

/**
 * The YAML file that describes a version of a function.
 * @param codeFile name of the file with its code; absent for images.
 */
export function writeTemplate(config: FunctionConfig, codeFile: string | undefined): string {
  const dependencies = config.depend_version_list ?? [];
  const variables = variablesOf(config.user_data);
  const properties = {
    Handler: config.handler,
    Runtime: config.runtime,
    // The code comes along, so the bucket that it once came from does not matter any more.
    CodeType: config.code_type === "obs" ? "zip" : config.code_type,
    ...(codeFile !== undefined && { CodeFileName: codeFile }),
    ...(dependencies.length > 0 && { DependencyPkg: dependencies }),
    ...(config.description && { Description: config.description }),
    MemorySize: config.memory_size,
    Timeout: config.timeout,
    Version: config.version,
    ...(variables && { Environment: { Variables: variables } }),
    ...furtherProperties(config),
  };
  return stringify(
    {
      HcCrmTemplateVersion: "v1",
      Resources: { [config.func_name ?? ""]: { Type: functionType, Properties: properties } },
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

function furtherProperties(config: FunctionConfig): Record<string, unknown> {
  const settings: Readonly<Record<string, unknown>> = { ...config };
  const entries = templateFields.flatMap(({ property, setting, kind, usual }): [string, unknown][] => {
    const value = settings[setting];
    if (value === undefined || value === null || isDeepStrictEqual(value, usual)) return [];
    // What belongs to this project alone, such as the owner of a VPC, is none of the fields.
    return [[property, readKind(value, kind, property, (what) => new Error(what))]];
  });
  return Object.fromEntries(entries);
}

function variablesOf(userData: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (!userData) return undefined;
  const variables: unknown = JSON.parse(userData);
  return isMapping(variables) && Object.keys(variables).length > 0 ? variables : undefined;
}
