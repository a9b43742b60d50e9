import type { Case } from "./case.ts";
import { projectId } from "./examples.ts";
import { orders } from "./setups.ts";
import type { Send } from "./world.ts";

/** The full URN of `hello-orders`. */
export const ordersUrn = `urn:fss:eu-de:${projectId}:function:default:hello-orders`;

const malformed: Case["given"] = "a URN of five fields";

/** What operations answer whose URN leads to no function. */
export function functionFaults(send: Send = {}): Readonly<Record<"FSS.1051" | "FSS.1309", Case>> {
  return {
    "FSS.1051": { given: "a function that is not there", send: named(send, "default:nobody") },
    "FSS.1309": { given: malformed, send: named(send, "a:b:c:d:e") },
  };
}

/** The same for operations on versions. */
export function versionFaults(send: Send = {}): Readonly<Record<"FSS.1051" | "FSS.1052" | "FSS.1309", Case>> {
  return {
    ...functionFaults(send),
    "FSS.1052": {
      given: "a version that is not there",
      setup: [orders],
      send: named(send, `${ordersUrn}:v9`),
    },
  };
}

/** The same for operations on versions and aliases. */
export function aliasFaults(
  send: Send = {},
): Readonly<Record<"FSS.1051" | "FSS.1052" | "FSS.1053" | "FSS.1309", Case>> {
  return {
    ...versionFaults(send),
    "FSS.1053": {
      given: "an alias that is not there",
      setup: [orders],
      send: named(send, `${ordersUrn}:!none`),
    },
  };
}

function named(send: Send, urn: string): Send {
  return { ...send, path: { ...send.path, function_urn: urn, func_urn: urn } };
}
