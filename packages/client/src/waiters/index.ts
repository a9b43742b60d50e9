export { type AsyncRequest, waitForAsyncInvocation } from "./wait-for-async-invocation.ts";
export { type Reservation, waitForReservedInstances } from "./wait-for-reserved-instances.ts";
export type { WaitOptions } from "./wait-options.ts";
