import type { ResponseBody } from "@functiongraph/types";
import {
  batchDeleteFunctionTriggers,
  createFunctionTrigger,
  deleteFunctionTrigger,
  listFunctionTriggers,
  showFunctionTrigger,
  updateTrigger,
} from "../../src/api/triggers.ts";
import type { Caller } from "../../src/contract/handler.ts";
import type { App } from "../../src/core/app.ts";
import { ada } from "./local-app.ts";
import { type Performed, perform } from "./perform.ts";
import { triggerSettings } from "./trigger-settings.ts";

/** Where a trigger is and who wants it. */
export interface TriggerPlace {
  readonly urn?: string;
  readonly caller?: Caller;
}

type Shown = ResponseBody<"showFunctionTrigger">;

/** The operations on triggers, on `default:hello-orders` as Ada unless something else is said. */
export interface TriggerCalls {
  create(
    type: string,
    data?: unknown,
    more?: TriggerPlace & { readonly status?: string },
  ): Promise<Performed<"createFunctionTrigger">>;
  show(
    trigger: Pick<Shown, "trigger_id"> & { readonly trigger_type_code: string },
    place?: TriggerPlace,
  ): Promise<Performed<"showFunctionTrigger">>;
  list(place?: TriggerPlace): Promise<Performed<"listFunctionTriggers">>;
  update(
    trigger: { readonly trigger_id: string; readonly trigger_type_code: string },
    body: unknown,
    place?: TriggerPlace,
  ): Promise<Performed<"updateTrigger">>;
  remove(
    trigger: { readonly trigger_id: string; readonly trigger_type_code: string },
    place?: TriggerPlace,
  ): Promise<Performed<"deleteFunctionTrigger">>;
  removeAll(place?: TriggerPlace): Promise<Performed<"batchDeleteFunctionTriggers">>;
}

export function triggerCalls(app: App): TriggerCalls {
  const where = (place: TriggerPlace) => ({ function_urn: place.urn ?? "default:hello-orders" });
  const who = (place: TriggerPlace) => place.caller ?? ada;
  return {
    create: (type, data, { status, ...place } = {}) =>
      perform(app, who(place), "createFunctionTrigger", createFunctionTrigger, {
        path: where(place),
        body: {
          trigger_type_code: type,
          event_data:
            data === undefined ? (triggerSettings as Readonly<Record<string, unknown>>)[type] : data, // any type may be asked for
          ...(status !== undefined && { trigger_status: status }),
        },
      }),
    show: ({ trigger_type_code, trigger_id }, place = {}) =>
      perform(app, who(place), "showFunctionTrigger", showFunctionTrigger, {
        path: { ...where(place), trigger_type_code, trigger_id },
      }),
    list: (place = {}) =>
      perform(app, who(place), "listFunctionTriggers", listFunctionTriggers, { path: where(place) }),
    update: ({ trigger_type_code, trigger_id }, body, place = {}) =>
      perform(app, who(place), "updateTrigger", updateTrigger, {
        path: { ...where(place), trigger_type_code, trigger_id },
        body,
      }),
    remove: ({ trigger_type_code, trigger_id }, place = {}) =>
      perform(app, who(place), "deleteFunctionTrigger", deleteFunctionTrigger, {
        path: { ...where(place), trigger_type_code, trigger_id },
      }),
    removeAll: (place = {}) =>
      perform(app, who(place), "batchDeleteFunctionTriggers", batchDeleteFunctionTriggers, {
        path: where(place),
      }),
  };
}
