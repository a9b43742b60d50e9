import type { ListFunctionsResponse } from "@functiongraph/types";
import type { App } from "../app.ts";
import { failedCalls } from "../metrics/failures.ts";
import { offsetPage } from "../offset-page.ts";
import { ServiceError } from "../service-error.ts";
import { functions, latest, versionKey, versions } from "./records.ts";
import { showListed } from "./show-function.ts";

/** What a list of functions is narrowed and cut by, as the query has it. */
export interface FunctionListQuery {
  readonly marker?: string;
  readonly maxitems?: string;
  readonly package_name?: string;
  readonly func_name?: string;
}

/**
 * Lists the functions of a project in the order of their creation, each in its version `latest`.
 * @throws ServiceError FSS.1001 for a marker or a page size that is no number, or negative.
 */
export function listFunctionPage(app: App, project: string, query: FunctionListQuery): ListFunctionsResponse {
  const { package_name: pkg, func_name: part = "" } = query;
  // So that calls that have just failed count.
  app.journal.flush();
  const now = app.clock.now();
  return app.store.read((tx) => {
    const all = tx
      .list(functions, project, pkg === undefined ? {} : { prefix: `${pkg}:` })
      .map(({ value }) => value)
      .filter(({ name }) => name.includes(part))
      .sort((a, b) => a.sequence - b.sequence);
    const page = offsetPage(all, query.marker, query.maxitems, {
      parameter: "maxitems",
      usual: 400,
      largest: 400,
    });
    const shown = page.items.map((record) => {
      const version = tx.get(versions, project, versionKey(record.package, record.name, latest));
      if (!version) throw new ServiceError("FSS.0500");
      const shown = showListed({ region: app.region, project, record, version });
      return { ...shown, fail_count: failedCalls(tx, project, record.functionId, now) };
    });
    return { functions: shown, next_marker: page.next, count: page.total };
  });
}
