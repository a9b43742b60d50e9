import { isExcused } from "./exceptions.js";
import type { Context, Options, Place, Rule, Visitor } from "./redocly.js";

/** Reports one problem: what is wrong and what to do about it. */
export type Report = (context: Context, place: Place, message: string) => void;

/** Makes a rule whose reports honour `lint-exceptions.yaml`; `visit` is called once for each linted document. */
export function defineRule(id: string, visit: (report: Report, options: Options) => Visitor): Rule {
  const report: Report = (context, place, message) => {
    if (!isExcused(context, id, place)) context.report({ message, location: place });
  };
  return (options) => visit(report, options);
}
