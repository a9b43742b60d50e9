import type { Handler } from "../contract/handler.ts";
import { findFunction } from "../core/functions/find-function.ts";
import { formatUrn } from "../core/functions/urn.ts";
import { minutesSince } from "../core/metrics/invocation-metrics.ts";
import { monthlyReport } from "../core/metrics/monthly-report.ts";
import { makeSeries } from "../core/metrics/series.ts";
import { readPeriod } from "../core/metrics/statistics-period.ts";
import { topFunctions } from "../core/metrics/top-functions.ts";
import { readDigits, readPageSize } from "../core/offset-page.ts";
import { ServiceError } from "../core/service-error.ts";

const day = 86_400_000;

export const listFunctionAsMetric: Handler<"listFunctionAsMetric"> = ({ query, caller }, app) => {
  const end = readDigits("end_time", query.end_time, app.clock.now().getTime());
  const start = readDigits("start_time", query.start_time, Math.max(0, end - day));
  if (start > end)
    throw new ServiceError(
      "FSS.1001",
      `Invalid query parameter. start_time must not be after end_time and is ${start - end} milliseconds later.`,
    );
  const most = readPageSize(query.limit, { parameter: "limit", usual: 10, largest: Number.MAX_SAFE_INTEGER });
  app.journal.flush();
  const top = app.store.read((tx) =>
    topFunctions(tx, caller.projectId, query.type ?? "failcount", start, end, most),
  );
  const values = top.map((ranked) => ({
    key: formatUrn(app.region, caller.projectId, ranked.package, ranked.name),
    value: ranked.value,
  }));
  return { body: { values, count: values.length, next_marker: values.length } };
};

export const listFunctionStatistics: Handler<"listFunctionStatistics"> = ({ path, caller }, app) => {
  // What an API shows includes the calls of the last second.
  app.journal.flush();
  return app.store.read((tx) => {
    const { record, reference, version } = findFunction(tx, caller.projectId, path.func_urn);
    const times = readPeriod(path.period, app.clock.now().getTime());
    if (typeof times === "string") throw new ServiceError("FSS.0400", `invalid parameter. period ${times}.`);
    const minutes = minutesSince(tx, caller.projectId, times.first).filter(
      (minute) =>
        minute.functionId === record.functionId &&
        (!reference.qualifier || minute.version === version.version),
    );
    return { body: makeSeries(minutes, times) };
  });
};

export const listStatistics: Handler<"listStatistics"> = ({ query, caller }, app) => {
  readDigits("marker", query.marker, 0);
  readPageSize(query.limit, { parameter: "limit", usual: 100, largest: 500 });
  const now = app.clock.now();
  app.journal.flush();
  return app.store.read((tx) => {
    if (query.filter === "monthly_report")
      return { body: monthlyReport(tx, caller.projectId, query.option ?? "0", now) };
    const times = readPeriod(query.period ?? "60", now.getTime());
    if (typeof times === "string")
      throw new ServiceError("FSS.1001", `Invalid query parameter. period ${times}.`);
    return { body: { statistics: makeSeries(minutesSince(tx, caller.projectId, times.first), times) } };
  });
};
