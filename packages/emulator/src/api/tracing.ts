import type { Handler } from "../contract/handler.ts";
import { setTracing, tracingOf } from "../core/tracing/tracing.ts";

/** The same for every key, so that not even its length shows. */
const mask = "*****";

export const showTracing: Handler<"showTracing"> = ({ path, caller }, app) => {
  const { accessKey } = tracingOf(app, caller, path.function_urn);
  return { body: { tracing_ak: accessKey, tracing_sk: mask } };
};

export const updateTracing: Handler<"updateTracing"> = ({ path, body, caller }, app) => {
  setTracing(app, caller, path.function_urn, body.tracing_ak ?? "", body.tracing_sk ?? "");
  return {};
};
