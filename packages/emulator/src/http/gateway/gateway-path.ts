/** First part of the path under which the APIs of gateway triggers are: `/_apig/<group ID>/<path of the API>`. */
export const gatewaySegment = "_apig";

/** Whether the address of a request line leads to an API of a gateway trigger. Encoded in another way, it does not. */
export function isGatewayAddress(url: string | undefined): boolean {
  return /^(https?:\/\/[^/?#]*)?\/_apig([/?#]|$)/i.test(url ?? "");
}
