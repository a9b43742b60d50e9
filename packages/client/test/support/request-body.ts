import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

/**
 * The whole body of a request, or undefined when the caller left before its end. Callers that are aborted do so at any moment; a
 * handler that let the rejection pass would end the test run with an error that belongs to no test.
 */
export async function requestBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return await buffer(request).catch(() => undefined);
}
