import type { NewFunction } from "../functions/create-function.ts";
import { isMapping, type Kind, readKind } from "./field-kind.ts";
import { invalidYaml, parseResource } from "./parse-yaml.ts";
import { templateFields } from "./template-fields.ts";
import { functionType } from "./write-template.ts";

/** What a YAML file says about a function. */
export interface Template {
  readonly settings: Omit<NewFunction, "func_name" | "package">;
  readonly codeType: string;
  /** Name of the file with the code. */
  readonly codeFile?: string;
}

/**
 * Reads the description of a function.
 * @throws ServiceError FSS.1025 (unreadable, or a part is missing or of the wrong kind), FSS.1057 (no name), FSS.1058 (a name twice).
 */
export function readTemplate(bytes: Uint8Array): Template {
  const { name, value } = parseResource(bytes);
  if (value.Type !== functionType) throw invalidYaml(`Resources.${name}.Type must be ${functionType}`);
  const { Properties: properties } = value;
  if (!isMapping(properties)) throw invalidYaml(`Resources.${name}.Properties must be a mapping`);
  const optional = <T>(property: string, kind: Kind): T | undefined => {
    const given = properties[property];
    // The kind says what the value is.
    return given === undefined || given === null
      ? undefined
      : (readKind(given, kind, property, invalidYaml) as T);
  };
  const required = <T>(property: string, kind: Kind): T => {
    const given = optional<T>(property, kind);
    if (given === undefined) throw invalidYaml(`${property} is missing`);
    return given;
  };
  const further = templateFields.flatMap(({ property, setting, kind }) => {
    const given = optional<unknown>(property, kind);
    return given === undefined ? [] : [[setting, given] as const];
  });
  const settings = {
    // Each value is of the kind that its setting has.
    ...(Object.fromEntries(further) as Partial<NewFunction>),
    handler: required<string>("Handler", "string"),
    runtime: required<string>("Runtime", "string"),
    memory_size: required<number>("MemorySize", "integer"),
    timeout: required<number>("Timeout", "integer"),
    description: optional<string>("Description", "string") ?? "",
    depend_version_list: optional<string[]>("DependencyPkg", "strings") ?? [],
    user_data: userDataOf(properties.Environment),
  };
  const codeFile = optional<string>("CodeFileName", "string");
  return { settings, codeType: required<string>("CodeType", "string"), ...(codeFile && { codeFile }) };
}

function userDataOf(environment: unknown): string {
  if (environment === undefined || environment === null) return "";
  if (!isMapping(environment)) throw invalidYaml("Environment must be a mapping");
  const { Variables: variables } = environment;
  if (variables === undefined || variables === null) return "";
  if (!isMapping(variables)) throw invalidYaml("Environment.Variables must be a mapping");
  // Files written by hand have numbers and truth values without quotes.
  const texts = Object.entries(variables).map(([key, value]) => {
    if (isMapping(value) || Array.isArray(value) || value === null)
      throw invalidYaml(`Environment.Variables.${key} must be a text`);
    return [key, String(value)] as const;
  });
  return texts.length === 0 ? "" : JSON.stringify(Object.fromEntries(texts));
}
