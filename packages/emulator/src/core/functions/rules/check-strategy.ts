import type { StrategyConfig } from "@functiongraph/types";
import { ServiceError } from "../../service-error.ts";
import { languageOf } from "./runtime.ts";

/**
 * Checks how many instances a function may have and how many requests one of them takes.
 * @param field of the number of instances, for messages.
 * @throws ServiceError FSS.1026.
 */
export function checkStrategy(
  { concurrency, concurrent_num: perInstance }: StrategyConfig,
  runtime: string,
  type: string | undefined,
  field = "strategy_config.concurrency",
): void {
  if (concurrency !== undefined) {
    if (!Number.isInteger(concurrency) || concurrency < -1 || concurrency > 1000) {
      throw invalid(`${field} must be a whole number from -1 to 1000 and is ${concurrency}`);
    }
    if (type === "v1" && concurrency > 0)
      throw invalid(`${field} must be 0 or -1 for a function of type v1 and is ${concurrency}`);
  }
  if (perInstance === undefined) return;
  // Clients send -1 and 0, which act like 1.
  if (!Number.isInteger(perInstance) || perInstance < -1 || perInstance > 1000) {
    throw invalid(
      `strategy_config.concurrent_num must be a whole number from -1 to 1000 and is ${perInstance}`,
    );
  }
  const ownServer = type !== "v1" && (runtime === "http" || languageOf(runtime) === "image");
  if (perInstance > 1 && !ownServer) {
    throw invalid(
      `strategy_config.concurrent_num must be at most 1 unless a function of type v2 has the runtime http or Custom Image, and is ${perInstance}`,
    );
  }
}

function invalid(what: string): ServiceError {
  return new ServiceError("FSS.1026", `Invalid Concurrency. ${what}.`);
}
