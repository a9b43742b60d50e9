import { temporaryKeys } from "../channel/function-context.ts";
import type { RuntimeCall } from "../contract.ts";
import type { GobValue } from "./gob/gob-shape.ts";

/** What a Go program is told about a call (facts/runtime.md, 2), spelt as Go's http.Header looks them up. */
export function callHeader(
  { requestId, type }: RuntimeCall,
  hasAgency: boolean,
): ReadonlyMap<GobValue, GobValue> {
  const header = new Map<GobValue, GobValue>([
    ["X-Cff-Request-Id", [requestId]],
    ["X-Cff-Invoke-Type", [type]],
  ]);
  for (const [name, key] of hasAgency ? Object.entries(keyNames) : [])
    header.set(name, [temporaryKeys[key] ?? ""]);
  return header;
}

const keyNames: Readonly<Record<string, string>> = {
  "X-Cff-Access-Key": "accessKey",
  "X-Cff-Secret-Key": "secretKey",
  "X-Cff-Auth-Token": "token",
  "X-Cff-Security-Access-Key": "securityAccessKey",
  "X-Cff-Security-Secret-Key": "securitySecretKey",
  "X-Cff-Security-Token": "securityToken",
};
