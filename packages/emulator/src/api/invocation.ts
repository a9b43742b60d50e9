import type { Handler } from "../contract/handler.ts";
import { checkInvocation } from "../core/functions/check-invocation.ts";
import { ServiceError } from "../core/service-error.ts";

export const invokeFunction: Handler<"invokeFunction"> = ({ path, headers, body, caller }, app) => {
  checkInvocation(app, caller.projectId, {
    urn: path.function_urn,
    event: body,
    asynchronous: false,
    instanceMemory: headers["X-Cff-Instance-Memory"],
  });
  throw runsNothing();
};

export const asyncInvokeFunction: Handler<"asyncInvokeFunction"> = ({ path, headers, body, caller }, app) => {
  checkInvocation(app, caller.projectId, {
    urn: path.function_urn,
    event: body,
    asynchronous: true,
    instanceMemory: headers["X-Cff-Instance-Memory"],
  });
  throw runsNothing();
};

export const asyncInvokeReservedFunction: Handler<"asyncInvokeReservedFunction"> = (
  { path, body, caller },
  app,
) => {
  checkInvocation(app, caller.projectId, { urn: path.function_urn, event: body, asynchronous: true });
  throw runsNothing();
};

function runsNothing(): ServiceError {
  return new ServiceError(
    "FSS.0503",
    "Service unavailable. This build of the emulator stores functions and does not run them.",
  );
}
