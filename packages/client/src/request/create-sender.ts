import { readErrorBody } from "../answers/read-error-body.ts";
import type { CallOptions } from "../client-options.ts";
import { FunctionGraphError } from "../errors/function-graph-error.ts";
import { operations } from "../methods/operation.ts";
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
  const open = operations().flatMap(({ flags, path }) => (flags.includes("a") ? path : []));
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
    const { race } = deadline;
    try {
      if (/[{B]project_id/.test(url)) url = url.replace(/(\{|%7B)project_id(\}|%7D)/, await race(projectId()));
      const path = pathOf(url);
      const target = `${method} ${path}`;
      const body = request instanceof PlainRequest ? request.body : new Uint8Array(await request.arrayBuffer());
      const isOpen = open.some((end) => path.endsWith(end));
      let credentials = isOpen ? undefined : await race(store.get());
      let repaired = isOpen;
      for (let attempt = 1; ; attempt++) {
        const started = clock.now();
        const headers = { ...settings.headers, ...Object.fromEntries(request.headers) };
        const sent = { method, url, headers, ...(body?.length && { body }) };
        if (credentials) await race(authenticate(sent, credentials, new Date(started + skew)));
        const redact = secretsOf(credentials);

        let response: Response | undefined;
        let answer: string | Uint8Array<ArrayBuffer> = "";
        let failure: Failure | undefined;
        let cause: unknown;
        try {
          // What is signed for one address must not go to another.
          response = await race(fetch(url, { ...sent, signal: deadline.signal, redirect: "manual" }));
          const isText = !response.ok || (call && !call.operation.flags.includes("y"));
          answer = isText ? await race(response.text()) : new Uint8Array(await race(response.arrayBuffer()));
          if (!response.ok) failure = response.status;
        } catch (error) {
          if (deadline.signal.aborted) throw deadline.signal.reason;
          cause = error;
          failure = response ? "network" : failureOf(error);
        }

        const { status = 0, headers: received } = response ?? {};
        const { code, requestId = received?.get("x-request-id") ?? undefined } = failure && typeof answer === "string" ? readErrorBody(answer) : {};
        const now = clock.now();
        let delay: number | undefined;
        if (status === 401 && credentials && !repaired) {
          repaired = true;
          const ahead = Date.parse(received?.get("date") ?? "") - now;
          const renewed = "token" in credentials || !(Math.abs(ahead - skew) > tolerance) ? store.renew(credentials) : undefined;
          if (renewed) credentials = await race(renewed);
          else if ...
        }
      }
    } finally {
      deadline.clear();
    }
  };
}
