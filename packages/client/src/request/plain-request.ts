import type { Call } from "./call.ts";

/**
 * What openapi-fetch is given as `Request` for the client's methods. It keeps the body as the text it is, so that signing and sending it
 * again costs nothing; the platform's own class turns it into a stream, which made a POST take twice the time.
 */
export class PlainRequest {
  declare readonly url: string;
  declare readonly method: string;
  declare readonly headers: Headers;
  declare readonly body: string | undefined;
  declare readonly call: Call | undefined;

  constructor(url: string, init: object) {
    Object.assign(this, init, { url });
  }
}
