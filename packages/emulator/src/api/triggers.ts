import type { Handler } from "../contract/handler.ts";
import { findFunction } from "../core/functions/find-function.ts";
import { createTrigger } from "../core/triggers/create-trigger.ts";
import { deleteAllTriggers, deleteTrigger } from "../core/triggers/delete-trigger.ts";
import { findTrigger } from "../core/triggers/find-trigger.ts";
import { qualifierText, triggersOf } from "../core/triggers/records.ts";
import { showTrigger } from "../core/triggers/show-trigger.ts";
import { updateTrigger as changeTrigger } from "../core/triggers/update-trigger.ts";

export const listFunctionTriggers: Handler<"listFunctionTriggers"> = ({ path, caller }, app) => ({
  body: app.store.read((tx) => {
    const { record, qualifier } = findFunction(tx, caller.projectId, path.function_urn);
    return triggersOf(tx, caller.projectId, record.package, record.name, qualifierText(qualifier)).map(
      showTrigger,
    );
  }),
});

export const createFunctionTrigger: Handler<"createFunctionTrigger"> = ({ path, body, caller }, app) => {
  const wanted = { type: body.trigger_type_code, status: body.trigger_status, data: body.event_data };
  return { status: 201, body: showTrigger(createTrigger(app, caller, path.function_urn, wanted)) };
};

export const batchDeleteFunctionTriggers: Handler<"batchDeleteFunctionTriggers"> = (
  { path, caller },
  app,
) => {
  deleteAllTriggers(app, caller, path.function_urn);
  return { status: 204 };
};

export const showFunctionTrigger: Handler<"showFunctionTrigger"> = ({ path, caller }, app) => ({
  body: app.store.read((tx) =>
    showTrigger(
      findTrigger(tx, caller.projectId, path.function_urn, path.trigger_type_code, path.trigger_id).trigger,
    ),
  ),
});

export const updateTrigger: Handler<"updateTrigger"> = ({ path, body, caller }, app) => {
  const change = { status: body.trigger_status, data: body.event_data };
  const trigger = changeTrigger(
    app,
    caller,
    path.function_urn,
    path.trigger_type_code,
    path.trigger_id,
    change,
  );
  return { body: showTrigger(trigger) };
};

export const deleteFunctionTrigger: Handler<"deleteFunctionTrigger"> = ({ path, caller }, app) => {
  deleteTrigger(app, caller, path.function_urn, path.trigger_type_code, path.trigger_id);
  return { status: 204 };
};
