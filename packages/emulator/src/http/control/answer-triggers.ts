import type { IncomingMessage } from "node:http";
import type { Description } from "../../core/events/description-fields.ts";
import { type FiredEvent, fireEvent } from "../../core/events/fire-event.ts";
import { ServiceError } from "../../core/service-error.ts";
import { isEventData } from "../../core/triggers/event-fields.ts";
import type { Json } from "../../store/store.ts";
import type { BodyLimit } from "../body/body-limit.ts";
import { parseJsonBody } from "../body/parse-json-body.ts";
import { readBody } from "../body/read-body.ts";
import { listApis } from "../gateway/list-apis.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import type { ServerContext } from "../server-context.ts";
import { checkProject, projectsKnown } from "./check-project.ts";
import { type DescribedEventType, describeEventType, listEventTypes } from "./event-type.ts";

/** What of `/_emulator/` is about triggers, for lists of what is there. */
export const triggerPaths: readonly string[] = [
  "GET /_emulator/events",
  "GET /_emulator/events/{type}",
  "POST /_emulator/events/{type}",
  "GET /_emulator/gateway",
];

const descriptions: BodyLimit = { bytes: 8 * 1024 * 1024, code: "FSS.0413" };

/** The entry of `triggerPaths` that a request is for, if there is one. */
export function triggerPathOf(method: string | undefined, { segments }: RequestTarget): string | undefined {
  const [, first, type, ...more] = segments;
  const path =
    first === "events" && type !== undefined && more.length === 0
      ? "events/{type}"
      : segments.slice(1).join("/");
  return triggerPaths.find((each) => each === `${method} /_emulator/${path}`);
}

/** Answers what `triggerPathOf` has found. @throws ServiceError FSS.0400 with the remedy. */
export async function answerTriggers(
  path: string,
  request: IncomingMessage,
  target: RequestTarget,
  context: ServerContext,
): Promise<object> {
  if (path === "GET /_emulator/events") return { events: listEventTypes() };
  if (path === "GET /_emulator/events/{type}") return show(target.segments[2] ?? "", context);
  if (path === "GET /_emulator/gateway") {
    return { apis: listApis(context.triggers, context.app.region, `http://${request.headers.host ?? ""}`) };
  }
  const bytes = await readBody(request, descriptions, context.settings.patience);
  // The header that these requests need keeps web pages out, so that the content type need not.
  const body = parseJsonBody(bytes, { ...request.headers, "content-type": "application/json" }) ?? {};
  return fire(target.segments[2] ?? "", body, context);
}

function show(type: string, { app, identity }: ServerContext): DescribedEventType {
  const [user] = identity.users;
  return describeEventType(type, {
    region: app.region,
    project: identity.projects[0]?.id ?? "",
    domain: user?.domainId ?? "",
    now: app.clock.now(),
  });
}

async function fire(type: string, body: unknown, context: ServerContext): Promise<FiredEvent> {
  // What JSON.parse returns is JSON.
  if (!isEventData(body as Json))
    throw invalid("The request body must be an object that describes an event.");
  const { project, ...description } = body as Description;
  if (project !== undefined && typeof project !== "string")
    throw invalid("project must be the ID of a project; the first one is taken without it.");
  if (project !== undefined) checkProject(project, projectsKnown(context));
  const { app, identity, newRequestId } = context;
  const [user] = identity.users;
  return fireEvent(app, {
    type,
    project: project ?? identity.projects[0]?.id ?? "",
    domain: user?.domainId ?? "",
    description,
    newId: newRequestId,
  });
}

function invalid(what: string): ServiceError {
  return new ServiceError("FSS.0400", `Invalid parameter. ${what}`);
}
