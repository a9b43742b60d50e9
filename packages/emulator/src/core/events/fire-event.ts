import type { App } from "../app.ts";
import { boundUrn, waitsForFunction } from "../firing/binding.ts";
import { invoke } from "../invocation/invoke.ts";
import { ServiceError } from "../service-error.ts";
import { type TriggerRecord, triggersOfProject } from "../triggers/records.ts";
import { isKnownType } from "../triggers/trigger-rules.ts";
import { type Description, descriptionFields } from "./description-fields.ts";
import { eventKinds } from "./event-kinds.ts";

/** Something to happen, and where. */
export interface EventRequest {
  /** Type of the triggers; capitals do not matter. */
  readonly type: string;
  readonly project: string;
  /** ID of the account. */
  readonly domain: string;
  readonly description: Description;
  /** 32 hexadecimal digits, new ones each time. */
  readonly newId: () => string;
}

/** A trigger that an event has reached. */
export interface ReachedTrigger {
  readonly function_urn: string;
  readonly trigger_id: string;
  readonly request_id: string;
  /** Where the source waits: how the function ended, 0 for success, and what it returned. */
  readonly code?: number;
  readonly result?: string;
  /** Why the function does not run. */
  readonly error_code?: string;
  readonly error_msg?: string;
}

/** An event that was made, as the first trigger's function gets it, and the triggers that it reached. */
export interface FiredEvent {
  readonly event: unknown;
  readonly invoked: readonly ReachedTrigger[];
}

/**
 * Makes the documented event of a description and invokes what the active triggers whose settings fit are bound to. Sources that do not
 * wait put it into the queue.
 * @throws ServiceError FSS.0400 for an unknown type and for fields that are missing, wrong or unknown.
 */
export async function fireEvent(app: App, request: EventRequest): Promise<FiredEvent> {
  const { project, domain, description, newId } = request;
  const type = request.type.toUpperCase();
  if (!isKnownType(type)) {
    const known = Object.keys(eventKinds).join(", ");
    throw new ServiceError(
      "FSS.0400",
      `Invalid parameter. There is no trigger type ${JSON.stringify(type.slice(0, 64))}; known are ${known}.`,
    );
  }
  const fields = descriptionFields(type, description);
  const scene = { region: app.region, project, domain, now: app.clock.now(), newId };
  const occurrence = eventKinds[type].read(fields, scene);
  fields.refuseOthers();
  const concerned = app.store
    .read((tx) => triggersOfProject(tx, project))
    .filter((each) => each.type === type && each.status === "ACTIVE" && occurrence.concerns(each));
  const targets = (occurrence.reaches?.(concerned) ?? concerned).map((trigger) => ({
    trigger,
    urn: boundUrn(app.region, project, trigger),
    requestId: newId(),
  }));
  const events = targets.map((target) => occurrence.eventFor(target));
  const { mostBytes } = occurrence;
  const invoked = targets.map(({ trigger, urn, requestId }, index) => {
    const event = Buffer.from(JSON.stringify(events[index]));
    return reach(app, trigger, {
      projectId: project,
      urn,
      requestId,
      event,
      ...(mostBytes !== undefined && { mostBytes }),
    });
  });
  return {
    event: events[0] ?? occurrence.eventFor({ urn: "", requestId: newId() }),
    invoked: await Promise.all(invoked),
  };
}

interface Delivery {
  readonly projectId: string;
  readonly urn: string;
  readonly requestId: string;
  readonly event: Uint8Array;
  readonly mostBytes?: number;
}

async function reach(app: App, trigger: TriggerRecord, delivery: Delivery): Promise<ReachedTrigger> {
  const reached = { function_urn: delivery.urn, trigger_id: trigger.id, request_id: delivery.requestId };
  try {
    if (!waitsForFunction(trigger)) {
      app.queue.accept(delivery);
      return reached;
    }
    const { mostBytes: _, ...call } = delivery;
    const { code, payload } = await invoke(app, { ...call, type: "sync" });
    return { ...reached, code, result: Buffer.from(payload).toString("utf8") };
  } catch (error) {
    // One function that must not run keeps the event from no other.
    if (error instanceof ServiceError)
      return { ...reached, error_code: error.code, error_msg: error.message };
    throw error;
  }
}
