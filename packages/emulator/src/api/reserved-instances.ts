import type { Handler } from "../contract/handler.ts";
import { offsetPage, pageInfo } from "../core/offset-page.ts";
import { keptNow } from "../core/reserved-instances/kept-now.ts";
import { listReservations } from "../core/reserved-instances/list-reservations.ts";
import { setReservation } from "../core/reserved-instances/set-reservation.ts";
import {
  showPolicies,
  showReservation,
  showReservedCount,
} from "../core/reserved-instances/show-reservation.ts";

export const updateFunctionReservedInstancesCount: Handler<"updateFunctionReservedInstancesCount"> = (
  { path, body, caller },
  app,
) => {
  const input = { count: body.count, idleMode: body.idle_mode ?? false, policies: body.tactics_config };
  const reservation = setReservation(app, caller, path.function_urn, input);
  return {
    body: { count: reservation.count, idle_mode: reservation.idleMode, ...showPolicies(reservation) },
  };
};

export const listReservedInstanceConfigs: Handler<"listReservedInstanceConfigs"> = (
  { query, caller },
  app,
) => {
  const all = app.store.read((tx) => listReservations(tx, caller.projectId, query.function_urn, "function"));
  const page = offsetPage(all, query.marker, query.limit, { parameter: "limit", usual: 100, largest: 500 });
  const shown = page.items.map((reservation) => showReservation(app.region, caller.projectId, reservation));
  return { body: { reserved_instances: shown, page_info: pageInfo(page), count: page.total } };
};

export const listFunctionReservedInstances: Handler<"listFunctionReservedInstances"> = (
  { query, caller },
  app,
) => {
  const all = app.store.read((tx) => listReservations(tx, caller.projectId, query.urn, "latest"));
  const page = offsetPage(all, query.marker, query.limit, { parameter: "limit", usual: 400, largest: 400 });
  const now = app.clock.now();
  const shown = page.items.map((reservation) =>
    showReservedCount(
      app.region,
      caller.projectId,
      reservation,
      now,
      keptNow(app, caller.projectId, reservation),
    ),
  );
  return { body: { reservedinstances: shown, page_info: pageInfo(page), count: page.total } };
};
