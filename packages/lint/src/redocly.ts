/** The part of Redocly's plugin interface that the rules use; `@redocly/cli` 2.77 exports no types. */

export interface Source {
  readonly absoluteRef: string;
  readonly body: string;
}

export interface Place {
  readonly source: Source;
  readonly pointer: string;
  readonly reportOnKey?: boolean;
}

export interface Location extends Place {
  child(parts: string | number | readonly (string | number)[]): Location;
  key(): Place;
}

interface Resolved {
  readonly node: unknown;
  readonly location: Location | undefined;
}

export interface RuleSettings {
  readonly severity?: string;
}

interface Config {
  readonly configPath?: string;
  readonly rules: Readonly<Record<string, Readonly<Record<string, string | RuleSettings>>>>;
}

export interface Context {
  readonly location: Location;
  readonly rawLocation: Location;
  readonly rawNode: unknown;
  readonly key: string | number;
  readonly type: { readonly name: string };
  readonly parentLocations: Readonly<Record<string, Location>>;
  readonly config: Config;
  resolve(node: unknown, from?: string): Resolved;
  report(problem: { message: string; location: Place | readonly Place[] }): void;
}

type Parents = Readonly<Record<string, unknown>>;
type Visit = (node: unknown, context: Context, parents: Parents) => void;

interface NodeVisitor {
  enter?: Visit;
  leave?: Visit;
  skip?: (node: unknown, key: string | number) => boolean;
  [childType: string]: unknown;
}

export type Visitor = Readonly<Record<string, Visit | NodeVisitor>>;
export type Options = Readonly<Record<string, unknown>>;
export type Rule = (options: Options) => Visitor;

export interface Plugin {
  readonly id: string;
  readonly rules: { readonly oas3: Readonly<Record<string, Rule>> };
}
