import type { ListFunctionVersionsResponse } from "@functiongraph/types";
import type { App } from "../app.ts";
import { findRecord } from "../functions/find-record.ts";
import { type VersionRecord, versionKey, versions } from "../functions/records.ts";
import { showVersion } from "../functions/show-function.ts";
import { offsetPage } from "../offset-page.ts";

/**
 * Lists `latest` and then the published versions of a function, newest first.
 * @throws ServiceError FSS.1001 (a marker or page size that is no number), FSS.1051, FSS.1309.
 */
export function listVersions(
  app: App,
  project: string,
  urn: string,
  marker?: string,
  maxitems?: string,
): ListFunctionVersionsResponse {
  return app.store.read((tx) => {
    const { record } = findRecord(tx, project, urn);
    const all = tx
      .list(versions, project, { prefix: versionKey(record.package, record.name, "") })
      .map(({ value }) => value)
      .sort((a, b) => position(b) - position(a));
    const page = offsetPage(all, marker, maxitems, { parameter: "maxitems", usual: 400, largest: 400 });
    return {
      versions: page.items.map((version) =>
        showVersion(tx, { region: app.region, project, record, version }),
      ),
      next_marker: page.next,
      count: page.total,
    };
  });
}

const position = ({ publication = Number.POSITIVE_INFINITY }: VersionRecord): number => publication;
