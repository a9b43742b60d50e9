import type { IncomingMessage } from "node:http";
import { ServiceError } from "../../core/service-error.ts";
import { SnapshotError } from "../../store/snapshot-error.ts";
import type { BodyLimit } from "../body/body-limit.ts";
import { parseJsonBody } from "../body/parse-json-body.ts";
import { ClientGone, readBody } from "../body/read-body.ts";
import { answerLogs, logsParameters, logsPath } from "../logs/answer-logs.ts";
import type { OutgoingResponse } from "../outgoing-response.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import type { ServerContext } from "../server-context.ts";
import { answerTriggers, triggerPathOf, triggerPaths } from "./answer-triggers.ts";
import { checkProject, projectsKnown } from "./check-project.ts";
import type { AdjustableClock, EmulatorControl } from "./emulator-control.ts";
import { advanceInSteps, freezeInSteps, inTurn } from "./move-clock.ts";
import { refuseUnknown } from "./refuse-unknown.ts";

/** A request with this header cannot come from a web page elsewhere without a question beforehand, which is refused. */
export const controlHeader = "x-emulator-control";

const snapshotPath = "/_emulator/snapshot";
const instructions: BodyLimit = { bytes: 64 * 1024, code: "FSS.0413" };

type Answer = Readonly<Record<string, unknown>>;

interface Work {
  /** The fields that its body may have. */
  readonly fields?: readonly string[];
  /** The query parameters that it may have. */
  readonly parameters?: readonly string[];
  work(
    control: EmulatorControl,
    body: Readonly<Record<string, unknown>>,
    target: RequestTarget,
    context: ServerContext,
  ): Answer | Promise<Answer>;
}

const works: Readonly<Record<string, Work>> = {
  "GET /_emulator/health": { work: (control) => control.health() },
  "POST /_emulator/reset": {
    fields: ["project"],
    parameters: ["project"],
    work: (control, body, target) => {
      control.reset(
        textOf(body.project ?? target.query.find(([name]) => name === "project")?.[1], "project"),
      );
      return {};
    },
  },
  "GET /_emulator/clock": { work: (control) => clockState(control) },
  "POST /_emulator/clock/freeze": {
    fields: ["at"],
    work: (control, body, _, context) => {
      const at = timeOf(body.at);
      return moved(control, (clock) =>
        at === undefined ? clock.freeze() : freezeInSteps({ clock, queue: context.app.queue }, at),
      );
    },
  },
  "POST /_emulator/clock/advance": {
    fields: ["seconds"],
    work: (control, body, _, context) => {
      const milliseconds = secondsOf(body.seconds) * 1000;
      return moved(control, (clock) => advanceInSteps({ clock, queue: context.app.queue }, milliseconds));
    },
  },
  "POST /_emulator/clock/resume": { work: (control) => moved(control, (clock) => clock.resume()) },
};

/** Answers requests under `/_emulator/`. @throws ServiceError FSS.0400, FSS.0403, APIGW.0101. */
export async function answerControl(
  request: IncomingMessage,
  target: RequestTarget,
  context: ServerContext,
): Promise<OutgoingResponse> {
  const path = `/${target.segments.join("/")}`;
  const method = request.method === "HEAD" ? "GET" : request.method;
  const own = [...Object.keys(works), `GET ${logsPath}`, `GET ${snapshotPath}`, `PUT ${snapshotPath}`];
  const all = [...own, ...triggerPaths];
  const aboutTriggers = triggerPathOf(method, target);
  if (!all.includes(`${method} ${path}`) && aboutTriggers === undefined) {
    const others = all.filter((each) => each.endsWith(` ${path}`)).map((each) => each.split(" ")[0]);
    throw new ServiceError(
      "APIGW.0101",
      others.length > 0
        ? `${path} answers ${others.join(", ")}.`
        : `There is nothing at ${path}. ${all.join(", ")} are there.`,
    );
  }
  if (path !== "/_emulator/health" && request.headers[controlHeader] === undefined) {
    throw new ServiceError(
      "FSS.0403",
      "Forbidden. Send the header X-Emulator-Control with any value, so that no web page can send this request.",
    );
  }
  const work = works[`${method} ${path}`];
  const parameters = path === logsPath ? logsParameters : (work?.parameters ?? []);
  refuseUnknown(
    path,
    "query parameter",
    target.query.map(([name]) => name),
    parameters,
  );
  if (aboutTriggers !== undefined) return json(await answerTriggers(aboutTriggers, request, target, context));
  if (path === logsPath) {
    const project = target.query.find(([name]) => name === "project")?.[1];
    if (project) checkProject(project, projectsKnown(context));
    return answerLogs(request, target, context);
  }
  if (path === snapshotPath)
    return method === "GET" ? giveSnapshot(context.control) : takeSnapshot(context.control, request);
  const bytes = await readBody(request, instructions, context.settings.patience);
  // The header above keeps web pages out, so that the content type need not: `curl -d` sends that of a form.
  const body = parseJsonBody(bytes, { ...request.headers, "content-type": "application/json" }) ?? {};
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw invalid("The request body must be an object.");
  refuseUnknown(path, "field", Object.keys(body), work?.fields ?? []);
  // A JSON object, as it is neither null nor an array.
  return json((await work?.work(context.control, body as Record<string, unknown>, target, context)) ?? {});
}

function giveSnapshot(control: EmulatorControl): OutgoingResponse {
  return { status: 200, headers: {}, stream: control.snapshot(), contentType: "application/octet-stream" };
}

async function takeSnapshot(control: EmulatorControl, request: IncomingMessage): Promise<OutgoingResponse> {
  // A refusal must not cut the connection that the answer goes over.
  const pieces = request.iterator({ destroyOnReturn: false });
  try {
    return json({ ...(await control.restore({ [Symbol.asyncIterator]: () => pieces })) });
  } catch (error) {
    if (error instanceof SnapshotError) throw invalid(error.message);
    throw request.destroyed && !request.complete
      ? new ClientGone("The client closed the connection within a snapshot.")
      : error;
  } finally {
    await pieces.return?.();
  }
}

function json(value: unknown): OutgoingResponse {
  return { status: 200, headers: {}, body: JSON.stringify(value), contentType: "application/json" };
}

/** Moves the clock once nobody else does, and tells where it is then. */
async function moved(
  control: EmulatorControl,
  move: (clock: AdjustableClock) => void | Promise<void>,
): Promise<Record<string, unknown>> {
  try {
    await inTurn(control.clock, () => move(control.clock));
  } catch (error) {
    throw error instanceof RangeError ? invalid(error.message) : error;
  }
  return clockState(control);
}

function clockState({ clock }: EmulatorControl): Record<string, unknown> {
  return { now: clock.now().toISOString(), frozen: clock.frozen };
}

function textOf(value: unknown, name: string): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw invalid(`${name} must be a text.`);
}

function timeOf(value: unknown): Date | undefined {
  const text = textOf(value, "at");
  if (text === undefined) return undefined;
  const time = new Date(text);
  // A day that the month does not have would count as one of the next month.
  const day = /^(\d{4}-\d{2})-(\d{2})/.exec(text);
  const isDay = !day || new Date(`${day[1]}-${day[2]}T00:00:00Z`).getUTCDate() === Number(day[2]);
  if (Number.isNaN(time.getTime()) || !isDay)
    throw invalid(`at must be a time like 2026-03-02T09:15:27Z and is ${JSON.stringify(text.slice(0, 64))}.`);
  return time;
}

function secondsOf(value: unknown): number {
  if (typeof value === "number" && value >= 0 && value < 1e10) return value;
  throw invalid("seconds must be a number from 0 on; POST /_emulator/clock/freeze sets the clock back.");
}

function invalid(what: string): ServiceError {
  return new ServiceError("FSS.0400", `Invalid parameter. ${what}`);
}
