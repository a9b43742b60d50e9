import { ServiceError } from "../service-error.ts";

/** What a function URN or one of its short forms names. */
export interface FunctionReference {
  /** Absent in the short forms that take it from the caller. */
  readonly region?: string;
  readonly project?: string;
  readonly package: string;
  readonly name: string;
  /** Version or alias; absent when the URN names the function as a whole. */
  readonly qualifier?: Qualifier;
}

export type Qualifier = { readonly version: string } | { readonly alias: string };

const part = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/**
 * Reads the six accepted forms (1, 2, 3, 4, 7 and 8 fields; `spec/schemas/common/FunctionUrn.yaml`).
 * @throws ServiceError FSS.1309 when the text is none of them.
 */
export function parseUrn(text: string): FunctionReference {
  const fields = text.split(":");
  const long = fields.length >= 7 && fields[0] === "urn" && fields[1] === "fss" && fields[4] === "function";
  const tail = long ? fields.slice(5) : fields.length > 2 ? fields.slice(1) : fields;
  const project = long ? fields[3] : fields.length > 2 ? fields[0] : undefined;
  if (
    text.length > 269 ||
    fields.length > 8 ||
    fields.length === 5 ||
    fields.length === 6 ||
    (fields.length > 4 && !long)
  )
    throw malformed(text);
  const [first = "", second, third] = tail;
  const name = second ?? first;
  const qualifier =
    third === undefined ? undefined : third.startsWith("!") ? { alias: third.slice(1) } : { version: third };
  const parts = [
    first,
    name,
    ...(project === undefined ? [] : [project]),
    ...(qualifier ? Object.values(qualifier) : []),
  ];
  if (!parts.every((value) => part.test(value))) throw malformed(text);
  return {
    ...(long && { region: fields[2] ?? "" }),
    ...(project !== undefined && { project }),
    package: second === undefined ? "default" : first,
    name,
    ...(qualifier && { qualifier }),
  };
}

/** The full URN of a function, a version (`:v1`) or an alias (`:!prod`). */
export function formatUrn(
  region: string,
  project: string,
  pkg: string,
  name: string,
  qualifier?: Qualifier,
): string {
  const base = `urn:fss:${region}:${project}:function:${pkg}:${name}`;
  if (!qualifier) return base;
  return "alias" in qualifier ? `${base}:!${qualifier.alias}` : `${base}:${qualifier.version}`;
}

function malformed(text: string): ServiceError {
  return new ServiceError(
    "FSS.1309",
    `Invalid function URN: "${text.slice(0, 300)}" has none of the six accepted forms, such as default:my-function or urn:fss:<region>:<project>:function:<package>:<function>.`,
  );
}
