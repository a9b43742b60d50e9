import type { ClientOptions } from "../client-options.ts";
import { ValidationError } from "../errors/validation-error.ts";

/** Addresses without a slash at the end. */
export interface Endpoints {
  readonly functionGraph: string;
  readonly iam: string;
}

/** The addresses of FunctionGraph and IAM; throws a ValidationError for options that give none. */
export function resolveEndpoints({ region, endpoint, iamEndpoint }: ClientOptions): Endpoints {
  if (!endpoint && !/^[\w-]+$/.test(region ?? "")) {
    throw new ValidationError("region", 'it is missing or malformed; pass one such as "eu-de", or an endpoint');
  }
  // The regions of Open Telekom Cloud, by the servers of the specification; all others are Huawei Cloud's.
  const domain = /^eu-(de|nl)$/.test(region ?? "") ? "otc.t-systems.com" : "myhuaweicloud.com";
  const address = (service: string): string => `https://${service}.${region}.${domain}`;
  return {
    functionGraph: checked("endpoint", endpoint ?? address("functiongraph")),
    iam: checked("iamEndpoint", iamEndpoint ?? endpoint ?? address("iam")),
  };
}

function checked(field: string, address: string): string {
  // The URL's own spelling, which the requests have.
  if (/^https?:\/\/[^/?#@\s]+(\/[^?#\s]*)?$/.test(address)) return new URL(address).href.replace(/\/+$/, "");
  throw new ValidationError(field, "write an http: or https: address without query and user");
}
