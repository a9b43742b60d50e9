import type { IncomingMessage } from "node:http";
import { findFunction } from "../../core/functions/find-function.ts";
import { parseUrn } from "../../core/functions/urn.ts";
import type { LogEntry, LogFilter } from "../../core/logs/log-entry.ts";
import { ServiceError } from "../../core/service-error.ts";
import type { OutgoingResponse } from "../outgoing-response.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import type { ServerContext } from "../server-context.ts";
import { LineStream } from "./line-stream.ts";
import { logLines } from "./log-lines.ts";

export const logsPath = "/_emulator/logs";
/** What its query may say. */
export const logsParameters: readonly string[] = ["function", "project", "tail", "follow"];

/**
 * Shows what functions printed: of one (`function`, a name or URN, with or without version or alias), or of all that there are. `tail` cuts
 * to the last lines, `follow` goes on with what comes.
 * @throws ServiceError FSS.0400 (`tail`, `follow`), FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export async function answerLogs(
  request: IncomingMessage,
  target: RequestTarget,
  context: ServerContext,
): Promise<OutgoingResponse> {
  const query = new Map(target.query);
  const filter = filterOf(query.get("function"), query.get("project"), context);
  const named = filter.name === undefined;
  const tail = readTail(query.get("tail"));
  const follow = readFollow(query.get("follow"));
  const contentType = "text/plain; charset=utf-8";
  if (!follow || request.method === "HEAD") {
    const lines = (await context.journal.logs.history(filter)).flatMap((entry) => logLines(entry, named));
    return { status: 200, headers: {}, body: text(last(lines, tail)), contentType };
  }
  return { status: 200, headers: {}, stream: await followLogs(request, context, filter, tail), contentType };
}

async function followLogs(
  { socket }: IncomingMessage,
  { journal: { logs } }: ServerContext,
  filter: LogFilter,
  tail: number | undefined,
): Promise<LineStream> {
  const named = filter.name === undefined;
  // Whatever is logged while the history is read comes after it, and once.
  const early: LogEntry[] = [];
  let take = (entry: LogEntry): void => void early.push(entry);
  const stop = logs.follow({ filter, take: (entry) => take(entry), end: () => stream.end() });
  // A client that goes away before the first byte is never sent anything, so that nothing else would end the stream.
  const gone = (): void => stream.end();
  const stream = new LineStream(() => {
    stop();
    socket.off("close", gone).off("end", gone);
  });
  socket.once("close", gone);
  const history = await logs.history(filter);
  const shown = new Set(history.map(({ order }) => order));
  stream.push(
    text(
      last(
        history.flatMap((entry) => logLines(entry, named)),
        tail,
      ),
    ),
  );
  take = (entry) => stream.push(text(logLines(entry, named)));
  for (const entry of early) if (!shown.has(entry.order)) take(entry);
  // Who closes its half of the connection may wait for an answer that ends, but nobody follows for ever unheard.
  if (socket.readableEnded) stream.end();
  else socket.once("end", gone);
  return stream;
}

/** Which logs are meant. A name without a project is of the first project that has such a function. */
function filterOf(
  urn: string | undefined,
  project: string | undefined,
  { app, identity }: ServerContext,
): LogFilter {
  if (urn === undefined || urn === "") return project ? { projectId: project } : {};
  const named = parseUrn(urn).project ?? project;
  const projects = named ? [named] : identity.projects.map(({ id }) => id);
  let missing: unknown = new ServiceError("FSS.1051");
  for (const projectId of projects) {
    try {
      return app.store.read((tx) => {
        const { record, reference, version } = findFunction(tx, projectId, urn);
        return {
          projectId,
          package: record.package,
          name: record.name,
          ...(reference.qualifier && { version: version.version }),
        };
      });
    } catch (error) {
      missing = error;
    }
  }
  throw missing;
}

function readTail(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new ServiceError(
    "FSS.0400",
    `Invalid parameter. tail must be a number of lines and is "${text.slice(0, 64)}".`,
  );
}

function readFollow(text: string | undefined): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true" || text === "") return true;
  throw new ServiceError(
    "FSS.0400",
    `Invalid parameter. follow must be true or false and is "${text.slice(0, 64)}".`,
  );
}

function last(lines: readonly string[], most: number | undefined): readonly string[] {
  return most === undefined || most >= lines.length ? lines : lines.slice(lines.length - most);
}

function text(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
