import { onTestFinished } from "vitest";
import type { ClientOptions } from "../../src/client-options.ts";
import { createFunctionGraph, type FunctionGraph } from "../../src/create-function-graph.ts";
import { type Behaviour, type Gateway, keys, projectId, startGateway } from "./gateway.ts";
import { type QuickClock, quickClock } from "./quick-clock.ts";
import type { RawRequest } from "./verify-signature.ts";

/** A gateway with its script, and a client of it that does not wait. */
export async function withGateway(
  script: readonly Behaviour[] | ((request: RawRequest, index: number) => Behaviour),
  options: Partial<ClientOptions> = {},
  settings: { now?: () => number } = {},
): Promise<{ fg: FunctionGraph; gateway: Gateway; clock: QuickClock }> {
  const gateway = await startGateway(script, settings);
  onTestFinished(() => gateway.close());
  const clock = quickClock();
  const fg = createFunctionGraph({ endpoint: gateway.url, credentials: keys, projectId, clock, ...options });
  return { fg, gateway, clock };
}
