import type { FunctionSpec } from "../../runtime/contract.ts";
import type { Store } from "../../store/store.ts";
import type { App } from "../app.ts";
import { type FoundFunction, findFunction } from "../functions/find-function.ts";
import { chooseVersion } from "./choose-version.ts";
import { functionSpec } from "./function-spec.ts";

interface Known {
  /** State of the store that the rest was read from. */
  changes: number;
  /** By project and URN. */
  readonly found: Map<string, Map<string, FoundFunction>>;
  /** Of what calls run that say nothing about memory. */
  readonly usual: Map<FoundFunction, FunctionSpec>;
  readonly specs: Map<string, FunctionSpec>;
}

/** What was found in each store, until it changes: a function is called many times between two changes. */
const known = new WeakMap<Store, Known>();

/** @throws ServiceError as findFunction does */
export function findTarget(app: App, project: string, urn: string): FoundFunction {
  const { found } = knownOf(app.store);
  const ofProject = found.get(project) ?? new Map<string, FoundFunction>();
  let target = ofProject.get(urn);
  if (!target) {
    target = app.store.read((tx) => findFunction(tx, project, urn));
    ofProject.set(urn, target);
    found.set(project, ofProject);
  }
  return target;
}

/** What instances need for a call of this function: of the version that an alias chooses, where one was named. */
export function specOf(
  app: App,
  project: string,
  found: FoundFunction,
  headers: Readonly<Record<string, string>> | undefined,
  instanceMemoryMb: number | undefined,
): FunctionSpec {
  const { usual, specs } = knownOf(app.store);
  const splits = found.alias?.weights !== undefined || found.alias?.strategy !== undefined;
  const isUsual = !splits && instanceMemoryMb === undefined;
  const before = isUsual ? usual.get(found) : undefined;
  if (before) return before;
  const chosen = splits ? app.store.read((tx) => chooseVersion(tx, project, found, app.rng, headers)) : found;
  const { package: pkg, name } = chosen.record;
  const key = `${project} ${pkg}:${name}:${chosen.version.version} ${instanceMemoryMb ?? ""}`;
  let spec = specs.get(key);
  if (!spec) {
    spec = app.store.read((tx) => functionSpec(tx, app.region, project, chosen, instanceMemoryMb));
    specs.set(key, spec);
  }
  if (isUsual) usual.set(found, spec);
  return spec;
}

function knownOf(store: Store): Known {
  let one = known.get(store);
  if (!one || one.changes !== store.changes) {
    one = { changes: store.changes, found: new Map(), usual: new Map(), specs: new Map() };
    known.set(store, one);
  }
  return one;
}
