import type { ClientOptions } from "../client-options.ts";
import { ValidationError } from "../errors/validation-error.ts";

/** Addresses without a slash at the end. */
export interface Endpoints {
  readonly functionGraph: string;
  readonly iam: string;
}

/** The addresses of FunctionGraph and IAM; throws for options that give none. */
export function resolveEndpoints({ region = "", endpoint, iamEndpoint }: ClientOptions): Endpoints {
  const address = (service: string): string => {
    if (!/^[\w-]+$/.test(region)) throw new ValidationError("region", 'pass one, as "eu-de", or an endpoint');
    // The regions of Open Telekom Cloud, by the servers of the specification; all others are Huawei Cloud's.
    const domain = /^eu-(de|nl)$/.test(region) ? "otc.t-systems" : "myhuaweicloud";
    return `https://${service}.${region}.${domain}.com`;
  };
  // As URLs spell themselves, since requests will.
  const spelt = (text: string): string => new URL(text).href.replace(/\/+$/, "");
  return {
    functionGraph: spelt(endpoint ?? address("functiongraph")),
    iam: spelt(iamEndpoint ?? endpoint ?? address("iam")),
  };
}
