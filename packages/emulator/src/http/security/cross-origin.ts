/** What the origin of a request means for its answer. */
export interface CrossOrigin {
  /** False when a web page that may not drive this server sent the request. */
  readonly allowed: boolean;
  /** Headers that let the page read the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const exposed = [
  "X-Request-Id",
  "X-Subject-Token",
  "X-IAM-Trace-Id",
  "X-Cff-Request-Id",
  "X-Cff-Invoke-Summary",
  "X-Cff-Function-Log",
  "X-CFF-Billing-Duration",
  "X-Cff-Response-Version",
  "X-Func-Err-Code",
  "X-Is-Func-Err",
].join(", ");

/**
 * Judges the origin of a request: the server's own pages and configured origins may drive it.
 * @param configured origins like `http://localhost:3000`; `*` is any.
 */
export function crossOrigin(headers: Headers, configured: readonly string[]): CrossOrigin {
  const { origin } = headers;
  if (typeof origin !== "string") return { allowed: headers["sec-fetch-site"] !== "cross-site", headers: {} };
  const own = origin === `http://${headers.host}`;
  if (!own && !configured.includes("*") && !configured.includes(origin))
    return { allowed: false, headers: { vary: "Origin" } };
  return {
    allowed: true,
    headers: {
      "access-control-allow-origin": origin,
      "access-control-expose-headers": exposed,
      vary: "Origin",
    },
  };
}

/** Headers that answer a browser's question before it sends a request. */
export function preflightHeaders(headers: Headers, methods: readonly string[]): Record<string, string> {
  const wanted = headers["access-control-request-headers"];
  return {
    "access-control-allow-methods": methods.join(", "),
    ...(typeof wanted === "string" &&
      /^[\w\-, ]+$/.test(wanted) && { "access-control-allow-headers": wanted }),
    ...(headers["access-control-request-private-network"] === "true" && {
      "access-control-allow-private-network": "true",
    }),
    "access-control-max-age": "600",
  };
}
