// Carries one call to an HTTP function's server and its answer back.
import { request } from "node:http";
import { EventError, requestOf } from "./event-request.mjs";

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What the system says when nobody is at the other end, or nobody any more. */
const gone = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE"]);
/** A body of so many bytes goes in one piece with its head: the system takes all of it or nothing. */
const writtenAtOnce = 8 * 1024;

/**
 * Sends the request that an event describes, and makes the result of the answer.
 * @returns code, payload, whether the connection broke, whether there was none, and whether the server, if it has ended, cannot have begun with the call
 */
export async function exchange(event, port, functionHeaders, most) {
  let asked;
  try {
    asked = requestOf(event, functionHeaders);
    const { status, headers, body, size } = await ask(port, asked, most);
    if (size > most)
      return {
        code: 4004,
        payload: errorObject(
          `response body size ${size} exceeds the limit of ${most}`,
          "FunctionResponseTooLarge",
        ),
      };
    const result = {
      body: body.toString("base64"),
      headers: resultHeaders(headers),
      statusCode: status,
      isBase64Encoded: true,
    };
    return { code: 0, payload: Buffer.from(JSON.stringify(result)) };
  } catch (error) {
    const known = error instanceof EventError;
    const type = known ? "EventError" : "ConnectionError";
    const payload = errorObject(`function invocation exception, error: ${error.message}`, type);
    const refused = gone.has(error.code) && error.syscall === "connect";
    return { code: 4002, payload, broken: !known, refused, unread: refused || isUnread(error, asked?.body) };
  }
}

/**
 * Whether what a connection broke with shows, of a server that has ended, that it had not read the request to its end. The system resets a connection
 * of which not all was read, whether or not the server had accepted it; one that was read to its end is closed. A server may begin with
 * a request whose body it has not read, so that such a one counts only where not even the writing has worked.
 */
function isUnread({ code, syscall, answered }, body = "") {
  if (answered || !gone.has(code)) return false;
  if (syscall === "write") return body.length <= writtenAtOnce;
  return syscall === "read" && body.length === 0;
}

/** Asks the server to initialise the function. @returns why it failed, if it did */
export async function initialise(port, functionHeaders) {
  const body = Buffer.from("{}");
  const headers = { ...functionHeaders, "Content-Type": "application/json", "Content-Length": "2" };
  try {
    const { status, body: answer } = await ask(
      port,
      { method: "POST", path: "/init", headers, body },
      64 * 1024,
    );
    if (status >= 200 && status < 300) return undefined;
    return initialisationFailure(`POST /init answered ${status}: ${answer.toString()}`);
  } catch (error) {
    return initialisationFailure(`POST /init failed: ${error.message}`);
  }
}

export function errorObject(errorMessage, errorType) {
  return Buffer.from(JSON.stringify({ errorMessage, errorType }, null, 4));
}

function initialisationFailure(what) {
  return {
    code: 4009,
    message: `function initialization exception, error: ${what}`,
    errorType: "InitializationError",
    advice:
      "The function has an initializer, so its server is asked for POST /init once and must answer 2xx.",
  };
}

/** Asks on a connection of its own: a server may close a kept one at any time. Of a body over `most` bytes it keeps the size only. */
function ask(port, { method, path, headers, body }, most) {
  return new Promise((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port,
      method,
      path,
      headers,
      agent: false,
      insecureHTTPParser: true,
    };
    const switched = (socket) => {
      socket.destroy();
      reject(new EventError("the server switches protocols (101), and a call can carry no other"));
    };
    const outgoing = request(options, (response) => {
      if (response.statusCode === 101) return switched(response.socket);
      const chunks = [];
      let size = 0;
      response.on("data", (chunk) => {
        size += chunk.length;
        if (size <= most) chunks.push(chunk);
        else chunks.length = 0;
      });
      response.on("error", reject);
      response.on("aborted", () => reject(new Error("the server broke its answer off")));
      response.on("end", () =>
        resolve({
          status: response.statusCode,
          headers: response.rawHeaders,
          body: Buffer.concat(chunks),
          size,
        }),
      );
    });
    outgoing.on("upgrade", (_, socket) => switched(socket));
    outgoing.on("error", (error) => {
      error.answered = outgoing.socket?.bytesRead > 0;
      reject(error);
    });
    outgoing.end(body);
  });
}

/** Names as Go spells them, in their order; each with all its values. */
function resultHeaders(raw) {
  const collected = new Map();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const lower = raw[index].toLowerCase();
    if (hopByHop.has(lower)) continue;
    const name = lower.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
    collected.set(name, [...(collected.get(name) ?? []), raw[index + 1]]);
  }
  return Object.fromEntries([...collected].sort(([a], [b]) => (a < b ? -1 : 1)));
}
