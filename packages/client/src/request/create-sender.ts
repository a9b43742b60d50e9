import { type ErrorBody, readErrorBody } from "../answers/read-error-body.ts";
import type { CallOptions } from "../client-options.ts";
import { FunctionGraphError } from "../errors/function-graph-error.ts";
import { authenticate } from "./authenticate.ts";
import { startDeadline } from "./deadline.ts";
import { failureOf } from "./failure-of.ts";
import { once } from "./once.ts";
import { PlainRequest } from "./plain-request.ts";
import { reasonOf } from "./reason-of.ts";
import { retryDelay } from "./retry-delay.ts";
import { type Failure, isRetried } from "./retry-rules.ts";
import { secretsOf } from "./secrets-of.ts";
import type { Settings } from "./settings.ts";

/** Sends a request of openapi-fetch and resolves to its answer, whatever the status. */
export type Sender = (request: Request | PlainRequest) => Promise<Response>;

/** The difference in milliseconds from which on a refusal is put down to the clock. */
const tolerance = 60_000;

/**
 * Makes what openapi-fetch is given as `fetch`: it completes the address, signs, sends, reads, and does so again where the retry rules
 * say so. `findProject` is asked when a request names no project.
 */
export function createSender(settings: Settings, findProject: () => Promise<string>): Sender {
  const { endpoints, store, clock, fetch, log } = settings;
  const projectId = once(async () => settings.projectId ?? (await findProject()));
  /** How far the service's clock is ahead of ours. */
  let skew = 0;

  return async (request) => {
    const { method } = request;
    const call = "call" in request ? request.call : undefined;
    // `as`: openapi-fetch copies what else a raw call was given onto its request.
    const given = call?.options ?? (request as Omit<CallOptions, "headers">);
    const { timeout = settings.timeout, maxRetries = settings.maxRetries, signal } = given;
    const place = request.url.slice(endpoints.functionGraph.length);
    let url = place.startsWith("/v3/") ? endpoints.iam + place : request.url;
    const operation = call?.operation.id ?? `${method} ${pathOf(url)}`;
    const deadline = startDeadline(clock, operation, timeout, signal);
    const exchange = async (): Promise<Response> => {
      const parts = url.split(/\{project_id}|%7Bproject_id%7D/);
      if (parts[1] !== undefined) url = parts.join(await projectId());
      const path = pathOf(url);
      const target = `${method} ${path}`;
      const body =
        request instanceof PlainRequest ? request.body : new Uint8Array(await request.arrayBuffer());
      // It is what credentials are got with.
      const isOpen = path.endsWith("/v3/auth/tokens");
      let credentials = isOpen ? undefined : await store.get();
      let repaired = isOpen;
      for (let attempt = 1, retries = 0; ; attempt++) {
        const started = clock.now();
        const headers = { ...settings.headers, ...Object.fromEntries(request.headers) };
        const sent = { method, url, headers, ...(body?.length && { body }) };
        if (credentials) await authenticate(sent, credentials, new Date(started + skew));
        const redact = secretsOf(credentials);

        let response: Response | undefined;
        let answer: string | Uint8Array<ArrayBuffer> = "";
        let failure: Failure | undefined;
        let cause: unknown;
        try {
          // Nothing is sent for a call that is over, whatever the transport makes of the signal.
          deadline.signal.throwIfAborted();
          // What is signed for one address must not go to another; workers do not know `error`.
          response = await fetch(url, { ...sent, redirect: "manual", signal: deadline.signal });
          const isText = !response.ok || (call && !call.operation.flags.includes("y"));
          answer = isText ? await response.text() : new Uint8Array(await response.arrayBuffer());
          if (!response.ok) failure = response.status;
        } catch (error) {
          if (deadline.signal.aborted) throw deadline.signal.reason;
          cause = error;
          failure = response ? "network" : failureOf(error);
        }

        const now = clock.now();
        const { status = 0, headers: received } = response ?? {};
        const { code, requestId = received?.get("x-request-id") ?? undefined }: Partial<ErrorBody> = failure
          ? readErrorBody(answer)
          : {};
        let delay: number | undefined;
        if (status === 401 && credentials && !repaired) {
          repaired = true;
          const ahead = Date.parse(received?.get("date") ?? "") - now;
          const isSkewed = !("token" in credentials) && Math.abs(ahead - skew) > tolerance;
          const renewed = isSkewed ? undefined : store.renew(credentials);
          if (isSkewed) skew = ahead;
          if (renewed) credentials = await renewed;
          if (isSkewed || renewed) delay = 0;
          // A function that was run, however it ended, is not run again.
        } else if (
          failure &&
          retries < maxRetries &&
          !received?.has("x-func-err-code") &&
          isRetried(method, failure, code)
        ) {
          delay = retryDelay(retries++, received?.get("retry-after"), now, Math.random());
          if (now + delay >= deadline.until) delay = undefined;
        }
        const level = !failure ? "debug" : delay === undefined ? "error" : "warn";
        log(level, {
          operation,
          method,
          path,
          attempt,
          status,
          code,
          requestId,
          duration: now - started,
          delay,
        });
        if (delay !== undefined) {
          if (delay) await deadline.sleep(delay);
          continue;
        }

        if (cause || !response) {
          throw new FunctionGraphError(
            redact(
              `${target}: ${response ? `${status}, but the answer was cut short` : "no answer"}: ${reasonOf(cause)}`,
            ),
            { status, code, requestId, operation, retryable: method !== "POST" || failure === "refused" },
            { response },
            { cause },
          );
        }
        if (call) Object.assign(call, { answer, target, redact });
        // What was read cannot be read again, and making a response anew costs more than all else here.
        // A browser tells of a redirection by the status 0, of which no response can be made at all.
        return !status || (call && response.ok && !settings.hasMiddleware)
          ? response
          : new Response(answer.length ? answer : null, response);
      }
    };
    return deadline.race(exchange()).finally(deadline.clear);
  };
}

function pathOf(url: string): string {
  return url.replace(/^\w+:\/\/[^/]+|\?.*/g, "");
}
