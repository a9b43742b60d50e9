/** What a value in a YAML file has to be. */
export type Kind =
  | "string"
  | "integer"
  | "boolean"
  | "strings"
  | "texts"
  | ObjectKind
  | { readonly listOf: ObjectKind };

/** An object with its fields; others are overlooked. */
export interface ObjectKind {
  readonly fields: Readonly<Record<string, Kind>>;
  /** Names of fields that must be there. */
  readonly required?: readonly string[];
}

type Simple = Extract<Kind, string>;

const simple: {
  readonly [K in Simple]: { readonly is: (value: unknown) => boolean; readonly words: string };
} = {
  string: { is: (value) => typeof value === "string", words: "a text" },
  integer: { is: (value) => Number.isSafeInteger(value), words: "a whole number" },
  boolean: { is: (value) => typeof value === "boolean", words: "true or false" },
  strings: {
    is: (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
    words: "a list of texts",
  },
  texts: {
    is: (value) => isMapping(value) && Object.values(value).every((one) => typeof one === "string"),
    words: "a mapping to texts",
  },
};

/**
 * Reads a value of a kind; of objects only the fields that the kind has.
 * @param refuse makes the error to throw of a sentence without a full stop.
 */
export function readKind(
  value: unknown,
  kind: Kind,
  where: string,
  refuse: (what: string) => Error,
): unknown {
  if (typeof kind === "string") {
    if (simple[kind].is(value)) return value;
    throw refuse(`${where} must be ${simple[kind].words}`);
  }
  if ("listOf" in kind) {
    if (!Array.isArray(value)) throw refuse(`${where} must be a list`);
    return value.map((one, index) => readObject(one, kind.listOf, `${where}[${index}]`, refuse));
  }
  return readObject(value, kind, where, refuse);
}

/** Whether a value is an object that is no list. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readObject(
  value: unknown,
  { fields, required = [] }: ObjectKind,
  where: string,
  refuse: (what: string) => Error,
): Record<string, unknown> {
  if (!isMapping(value)) throw refuse(`${where} must be a mapping`);
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) throw refuse(`${where}.${missing} is missing`);
  const entries = Object.entries(fields).filter(([name]) => Object.hasOwn(value, name));
  return Object.fromEntries(
    entries.map(([name, kind]) => [name, readKind(value[name], kind, `${where}.${name}`, refuse)]),
  );
}
