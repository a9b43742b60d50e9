import type { Route } from "./route.ts";

/** What a request's method and path lead to. */
export type Match =
  | { readonly kind: "route"; readonly route: Route; readonly path: Readonly<Record<string, string>> }
  /** The path exists, with other methods. */
  | { readonly kind: "method"; readonly allowed: readonly string[] }
  | { readonly kind: "unknown" };

interface Branch {
  readonly literals: Map<string, Branch>;
  parameter: Branch | undefined;
  readonly routes: Map<string, Route>;
}

/** Finds the operation of a request. Where several paths fit, a fixed segment beats a parameter. */
export class Router {
  readonly #root: Branch = newBranch();

  readonly #parameters = new Map<Route, readonly [string, number][]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) this.#add(route);
  }

  /** @param segments the path's segments, decoded; none of an empty path. */
  match(method: string, segments: readonly string[]): Match {
    // HEAD is answered by the GET of the same path.
    const found =
      visit(this.#root, segments, 0, (routes) => routes.get(method)) ??
      (method === "HEAD" ? visit(this.#root, segments, 0, (routes) => routes.get("GET")) : undefined);
    if (found)
      return {
        kind: "route",
        route: found,
        path: pathParameters(this.#parameters.get(found) ?? [], segments),
      };
    const allowed = new Set<string>();
    visit(this.#root, segments, 0, (routes) => {
      for (const known of routes.keys()) allowed.add(known);
      return undefined;
    });
    return allowed.size > 0 ? { kind: "method", allowed: [...allowed].sort() } : { kind: "unknown" };
  }

  #add(route: Route): void {
    this.#parameters.set(route, parameterNames(route));
    let branch = this.#root;
    for (const segment of route.path.split("/").slice(1)) {
      if (isParameter(segment)) {
        branch.parameter ??= newBranch();
        branch = branch.parameter;
      } else {
        const next = branch.literals.get(segment) ?? newBranch();
        branch.literals.set(segment, next);
        branch = next;
      }
    }
    branch.routes.set(route.method, route);
  }
}

/** Goes to all places that a path leads to, fixed segments first, until the choice among the routes of one is made. */
function visit(
  branch: Branch,
  segments: readonly string[],
  at: number,
  choose: (routes: ReadonlyMap<string, Route>) => Route | undefined,
): Route | undefined {
  const segment = segments[at];
  if (segment === undefined) return choose(branch.routes);
  const literal = branch.literals.get(segment);
  const found = literal && visit(literal, segments, at + 1, choose);
  if (found) return found;
  return branch.parameter && segment !== "" ? visit(branch.parameter, segments, at + 1, choose) : undefined;
}

function pathParameters(
  names: readonly (readonly [string, number])[],
  segments: readonly string[],
): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, index] of names) parameters[name] = segments[index] ?? "";
  return parameters;
}

/** The parameters of a route with their places in the path. */
function parameterNames(route: Route): [string, number][] {
  const parts = route.path.split("/").slice(1);
  return parts.flatMap((part, index): [string, number][] =>
    isParameter(part) ? [[part.slice(1, -1), index]] : [],
  );
}

const isParameter = (segment: string): boolean => segment.startsWith("{");

function newBranch(): Branch {
  return { literals: new Map(), parameter: undefined, routes: new Map() };
}
