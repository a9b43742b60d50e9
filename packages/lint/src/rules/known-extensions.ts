import { defineRule, type Report } from "../define-rule.js";
import { isObject, type JsonObject } from "../json.js";
import type { Context, Location, Rule } from "../redocly.js";

interface Extension {
  readonly on: readonly string[];
  readonly type: string;
  readonly fits: (value: unknown) => boolean;
}

/** The extensions of spec/EXTENSIONS.md: on which objects they may stand, and of which type they are. */
export const EXTENSIONS: Readonly<Record<string, Extension>> = {
  "x-fg-editions": {
    on: ["Operation", "Parameter", "Header", "Schema"],
    type: "an array of different edition identifiers, at least one",
    fits: (value) => isStringSet(value) && value.length > 0,
  },
  "x-fg-errors": { on: ["Operation"], type: "an array of different error codes", fits: isStringSet },
  "x-fg-pagination": {
    on: ["Operation"],
    type: "an object as spec/EXTENSIONS.md shows it",
    fits: isPagination,
  },
  "x-fg-open-enum": { on: ["Schema"], type: "a boolean", fits: (value) => typeof value === "boolean" },
  "x-fg-secret": { on: ["Schema", "Header", "Parameter"], type: "`true`", fits: (value) => value === true },
  "x-fg-regions": {
    on: ["Operation"],
    type: "an object with `hwc` and `otc`, each `all`, `none` or an array of regions",
    fits: isRegions,
  },
  "x-fg-replacement": { on: ["Operation", "Schema", "Parameter"], type: "a name", fits: isName },
  "x-displayName": { on: ["Tag"], type: "a title", fits: isName },
};

/** Only the extensions of spec/EXTENSIONS.md occur, on the objects and with the types that it tells. */
export const knownExtensions: Rule = defineRule("known-extensions", (report) => ({
  any: {
    enter(node, context) {
      if (isObject(node)) check(report, context, node, context.location);
    },
  },
  ref: {
    enter(node, context) {
      if (isObject(node)) check(report, context, node, context.rawLocation);
    },
  },
}));

function check(report: Report, context: Context, node: JsonObject, location: Location): void {
  const kind = context.type.name;
  if (isMap(kind)) return;
  for (const [name, value] of Object.entries(node)) {
    if (!name.startsWith("x-")) continue;
    const extension = EXTENSIONS[name];
    const place = location.child(name);
    if (!extension)
      report(
        context,
        place.key(),
        `${name} is no extension of this description; use one of spec/EXTENSIONS.md, or describe it there first.`,
      );
    else if (!extension.on.includes(kind))
      report(
        context,
        place.key(),
        `${name} has no meaning on ${kind}; it belongs on ${extension.on.join(", ")}.`,
      );
    else if (!extension.fits(value)) report(context, place, `${name} must be ${extension.type}.`);
  }
}

/** Objects whose keys are names of the API, and values inside an extension. */
function isMap(kind: string): boolean {
  return (
    /Map$|^Named/.test(kind) ||
    ["SchemaProperties", "SpecExtension", "Responses", "Paths", "Callback", "SecurityRequirement"].includes(
      kind,
    )
  );
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isStringSet(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isName) && new Set(value).size === value.length;
}

function isRegions(value: unknown): boolean {
  const isRange = (range: unknown): boolean => range === "all" || range === "none" || isStringSet(range);
  return (
    isObject(value) && Object.keys(value).sort().join() === "hwc,otc" && Object.values(value).every(isRange)
  );
}

function isPagination(value: unknown): boolean {
  const known: Readonly<Record<string, (field: unknown) => boolean>> = {
    style: (field) => field === "marker" || field === "offset" || field === "none",
    in: (field) => field === "query" || field === "body",
    position: isName,
    limit: isName,
    items: isName,
    next: isName,
    total: isName,
  };
  return (
    isObject(value) &&
    "style" in value &&
    Object.entries(value).every(([name, field]) => known[name]?.(field) ?? false)
  );
}
