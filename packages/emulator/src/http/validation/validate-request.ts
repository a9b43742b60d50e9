import type { ErrorCode } from "@functiongraph/types/errors";
import { ServiceError } from "../../core/service-error.ts";
import { loadRequestModule } from "../../generated/requests.ts";
import type { Route } from "../routing/route.ts";
import { describeFault } from "./describe-fault.ts";
import { errorCodeOf, type Place } from "./error-code-of.ts";
import { isSecretField } from "./is-secret-field.ts";
import { keepKnown } from "./keep-known.ts";
import { type ReadParameters, readParameters } from "./read-parameters.ts";
import type { RequestModule, Validator } from "./request-module.ts";

/** A request before it is checked. */
export interface RawRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  /** Values by names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed body; absent when none came. */
  readonly body?: unknown;
}

/** A request whose parts satisfy the description. */
export interface ValidRequest {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

interface Loaded extends RequestModule {
  /** The declared headers: as they are declared, and in lower case. */
  readonly headerNames: readonly (readonly [declared: string, lower: string])[];
}

/** What was loaded once: an import that is known to the loader still costs more than the checks. */
const loaded = new Map<Route, Loaded>();

async function load(route: Route): Promise<Loaded> {
  const headerNames = Object.keys(route.header).map((name) => [name, name.toLowerCase()] as const);
  const compiled = { ...(await loadRequestModule(route.id)), headerNames };
  loaded.set(route, compiled);
  return compiled;
}

/**
 * Holds a request against the description, and drops what the description does not have.
 * @param strict refuses unknown properties and query parameters instead.
 * @throws ServiceError with the documented code of the field, else FSS.0400.
 */
export function validateRequest(
  route: Route,
  raw: RawRequest,
  strict: boolean,
): ValidRequest | Promise<ValidRequest> {
  const compiled = loaded.get(route);
  if (compiled) return validate(compiled, route, raw, strict);
  return load(route).then((one) => validate(one, route, raw, strict));
}

function validate(compiled: Loaded, route: Route, raw: RawRequest, strict: boolean): ValidRequest {
  const query = readParameters(route.query, raw.query);
  const headers = readParameters(route.header, headerPairs(compiled.headerNames, raw.headers));
  const check = (validator: Validator | undefined, value: unknown, place: Place): void => {
    if (!validator || validator(value)) return;
    const secret = (field: string): boolean => place === "body" && isSecretField(route.id, field);
    const fault = describeFault(validator.errors ?? [], value, secret);
    throw refusal(errorCodeOf(route, place, fault.field, fault.keyword, triggerType(raw)), fault.sentence);
  };
  check(compiled.path, raw.path, "path");
  refuseDoubtful(route, query, strict);
  check(compiled.query, query.values, "query");
  check(compiled.header, headers.values, "header");
  if (raw.body === undefined) {
    if (route.body === "required")
      throw refusal("FSS.0400", "The request body is missing; send a JSON object.");
    return { path: raw.path, query: query.values, headers: headers.values, body: undefined };
  }
  check(compiled.body, raw.body, "body");
  const unknown: string[] = [];
  const body = keepKnown(raw.body, compiled.shape, (path) => unknown.push(path));
  if (strict && unknown[0] !== undefined) {
    throw refusal("FSS.0400", `The property ${unknown[0]} is not documented; correct or remove it.`);
  }
  return { path: raw.path, query: query.values, headers: headers.values, body };
}

function refuseDoubtful(route: Route, query: ReadParameters, strict: boolean): void {
  const repeated = query.repeated[0];
  if (repeated !== undefined) {
    throw refusal(
      errorCodeOf(route, "query", repeated, ""),
      `${repeated} must be sent once and comes several times.`,
    );
  }
  const unknown = query.unknown[0];
  if (strict && unknown !== undefined) {
    throw refusal(
      errorCodeOf(route, "query", unknown, ""),
      `The query parameter ${unknown} is not documented; correct or remove it.`,
    );
  }
}

/** The wording of the code, and then what is wrong. */
function refusal(code: ErrorCode, sentence: string): ServiceError {
  const wording = new ServiceError(code).message;
  // In answers FSS.0400 also comes in lower case; a sentence that goes on reads better with the table's form.
  const start = code === "FSS.0400" ? "Invalid parameter." : wording.endsWith(".") ? wording : `${wording}.`;
  return new ServiceError(code, `${start} ${sentence}`);
}

function headerPairs(names: Loaded["headerNames"], headers: RawRequest["headers"]): [string, string][] {
  const pairs: [string, string][] = [];
  for (const [declared, lower] of names) {
    const value = headers[lower];
    if (value !== undefined) pairs.push([declared, Array.isArray(value) ? value.join(", ") : value]);
  }
  return pairs;
}

/** The trigger type that a request names, in its path or in its body. */
function triggerType(raw: RawRequest): string | undefined {
  const body = raw.body;
  const inBody =
    typeof body === "object" && body !== null && "trigger_type_code" in body
      ? body.trigger_type_code
      : undefined;
  return typeof inBody === "string" ? inBody : raw.path.trigger_type_code;
}
