import type { FuncAsyncDestinationConfig, FuncDestinationConfig } from "@functiongraph/types";
import { parseUrn } from "../functions/urn.ts";
import { ServiceError } from "../service-error.ts";

type Param = Readonly<Record<string, unknown>>;
/** Says what is wrong with a parsed `param`, or nothing. */
type ParamRule = (param: Param) => string | undefined;

const rules: Readonly<Record<string, ParamRule>> = {
  OBS: (param) =>
    text(param, "bucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/) ??
    optionalText(param, "prefix") ??
    expiry(param),
  SMN: (param) => text(param, "topic_urn", /^urn:smn:[^:]+:[^:]+:[^:]+$/),
  DIS: (param) => text(param, "stream_name", /^[A-Za-z0-9_-]{1,64}$/),
  FunctionGraph: (param) => text(param, "func_urn", /^urn:fss:/) ?? urn(param),
};

/**
 * Checks the targets of notifications and returns those that are set; one whose fields are empty is none.
 * @throws ServiceError FSS.0400 naming the field.
 */
export function checkDestinations(
  config: FuncAsyncDestinationConfig | undefined,
): FuncAsyncDestinationConfig {
  const success = checkDestination(config?.on_success, "destination_config.on_success");
  const failure = checkDestination(config?.on_failure, "destination_config.on_failure");
  return { ...(success && { on_success: success }), ...(failure && { on_failure: failure }) };
}

function checkDestination(
  target: FuncDestinationConfig | undefined,
  where: string,
): FuncDestinationConfig | undefined {
  const { destination = "", param = "" } = target ?? {};
  if (destination === "" && param === "") return undefined;
  const rule = Object.hasOwn(rules, destination) ? rules[destination] : undefined;
  if (!rule)
    throw invalid(
      `${where}.destination must be one of ${Object.keys(rules).join(", ")} and is "${destination.slice(0, 64)}"`,
    );
  const fault = rule(readParam(param, `${where}.param`));
  if (fault) throw invalid(`${where}.param for ${destination} ${fault}`);
  return { destination, param };
}

function readParam(param: string, where: string): Param {
  try {
    const value: unknown = JSON.parse(param);
    // The checks leave only objects.
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Param;
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw invalid(
    `${where} must be a JSON object written as a string and is ${param === "" ? "missing" : JSON.stringify(param.slice(0, 80))}`,
  );
}

function text(param: Param, key: string, pattern: RegExp): string | undefined {
  const value = param[key];
  if (typeof value === "string" && pattern.test(value)) return undefined;
  return `needs ${key} as a string that matches ${pattern.source} and has ${show(value)}`;
}

function optionalText(param: Param, key: string): string | undefined {
  const value = param[key];
  return value === undefined || typeof value === "string"
    ? undefined
    : `takes ${key} as a string and has ${show(value)}`;
}

function expiry({ expires }: Param): string | undefined {
  if (
    expires === undefined ||
    (typeof expires === "number" && Number.isInteger(expires) && expires >= 0 && expires <= 365)
  )
    return undefined;
  return `takes expires as a whole number from 0 to 365 and has ${show(expires)}`;
}

function urn({ func_urn }: Param): string | undefined {
  try {
    parseUrn(String(func_urn));
    return undefined;
  } catch {
    return `needs func_urn as the URN of a function and has ${show(func_urn)}`;
  }
}

function show(value: unknown): string {
  if (value === undefined) return "none";
  // Not written out: it may be nested without end.
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  return JSON.stringify(value).slice(0, 80);
}

function invalid(what: string): ServiceError {
  return new ServiceError("FSS.0400", `invalid parameter. ${what}.`);
}
