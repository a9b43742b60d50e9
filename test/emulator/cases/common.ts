import type { OperationId } from "@functiongraph/types";
import { operations } from "@functiongraph/types/operations";
import { type Case, cannot, type Unprovoked } from "./case.ts";

/** What every operation refuses in the same way; those of IAM have cases of their own. */
export function commonRefusals(id: OperationId): Readonly<Record<string, Case>> {
  const { tag, requestBody } = operations[id];
  if (tag === "iam") return {};
  return {
    "FSS.0400": requestBody
      ? { given: "a body that is not JSON", send: { rawBody: '{"name":' } }
      : { given: "an address that is not percent-encoded", send: { rawQuery: "name=%ZZ" } },
    "FSS.0403": {
      given: "a token that is good for another project",
      send: (world) => ({ token: world.otherToken }),
    },
    "APIGW.0301": { given: "no token", send: { token: null } },
  };
}

/** Documented of many operations, and answered by none unless its own cases say otherwise. */
export const commonUnprovoked: Readonly<Record<string, Unprovoked>> = {
  "FSS.0401": cannot(
    "The gateway refuses wrong credentials before the service can, with APIGW.0301 or APIGW.0307.",
  ),
  "FSS.0429": cannot("Calls are not limited in number."),
  "FSS.0500": cannot("It tells of a failure within the service; a test that saw it would fail."),
  "FSS.0502": cannot("There is no gateway in front that could miss the service."),
  "FSS.0503": cannot("The emulator is there or not; it is never overloaded on purpose."),
  "APIGW.0308": cannot("Calls are not limited in number."),
};
