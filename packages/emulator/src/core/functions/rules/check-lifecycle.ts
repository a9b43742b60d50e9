import type { FunctionConfig } from "@functiongraph/types";
import { ServiceError } from "../../service-error.ts";
import { checkInitializerHandler } from "./check-handler.ts";

/**
 * Checks the initializer, which needs a handler and a timeout.
 * @throws ServiceError FSS.1404, FSS.1405.
 */
export function checkInitializer(
  runtime: string,
  { initializer_handler: handler, initializer_timeout: timeout }: FunctionConfig,
): void {
  if (timeout !== undefined && !(Number.isInteger(timeout) && timeout >= 1 && timeout <= 300)) {
    throw new ServiceError(
      "FSS.1405",
      `Invalid initialization timeout. initializer_timeout must be a whole number of seconds from 1 to 300 and is ${timeout}.`,
    );
  }
  if (handler === undefined && timeout === undefined) return;
  if (handler === undefined) throw incomplete("initializer_timeout needs initializer_handler");
  if (timeout === undefined) throw incomplete("initializer_handler needs initializer_timeout");
  checkInitializerHandler(runtime, handler);
}

function incomplete(what: string): ServiceError {
  return new ServiceError("FSS.1404", `Invalid function initializer. ${what}, which is missing.`);
}
