import type { Caller } from "../../contract/handler.ts";
import type { Reader } from "../../store/store.ts";
import type { App } from "../app.ts";
import { owningFunction } from "../owning-function.ts";
import { ServiceError } from "../service-error.ts";
import { epochSeconds } from "../time.ts";
import { checkEventContent, checkEventName } from "./check-event.ts";
import { type TestEventRecord, testEventKey, testEventPrefix, testEvents } from "./records.ts";

/**
 * Stores a test event with a function.
 * @throws ServiceError FSS.1051, FSS.1068 (too many), FSS.1069, FSS.1073 (name taken), FSS.1074, FSS.1309.
 */
export function createTestEvent(
  app: App,
  caller: Caller,
  urn: string,
  name: string,
  content: string,
): TestEventRecord {
  return app.store.write((tx) => {
    const { record } = owningFunction(tx, caller.projectId, urn);
    checkEventName(name);
    checkEventContent(content, app.limits.maxEvent);
    const present = eventsOf(tx, caller.projectId, record.package, record.name);
    if (present.some((event) => event.name === name)) throw new ServiceError("FSS.1073");
    const most = app.limits.eventsPerFunction;
    if (present.length >= most) {
      throw new ServiceError(
        "FSS.1068",
        `The number of events configured for the function exceeds the maximum allowed limit. A function has at most ${most}.`,
      );
    }
    const sequence = (present.at(-1)?.sequence ?? 0) + 1;
    const event = {
      id: app.rng.uuid(),
      name,
      content,
      sequence,
      lastModified: epochSeconds(app.clock.now()),
    };
    tx.put(testEvents, caller.projectId, testEventKey(record.package, record.name, event.id), event);
    return event;
  });
}

/**
 * Lists the test events of a function in the order of their creation.
 * @throws ServiceError FSS.1051, FSS.1309.
 */
export function listTestEvents(app: App, caller: Caller, urn: string): TestEventRecord[] {
  return app.store.read((tx) => {
    const { record } = owningFunction(tx, caller.projectId, urn);
    return eventsOf(tx, caller.projectId, record.package, record.name);
  });
}

/**
 * Finds one test event.
 * @throws ServiceError FSS.1051, FSS.1070, FSS.1309.
 */
export function showTestEvent(app: App, caller: Caller, urn: string, id: string): TestEventRecord {
  return app.store.read((tx) => findEvent(tx, caller.projectId, urn, id).event);
}

/**
 * Replaces the content of a test event; its name and its place in the list stay.
 * @throws ServiceError FSS.1051, FSS.1069, FSS.1070, FSS.1074, FSS.1309.
 */
export function updateTestEvent(
  app: App,
  caller: Caller,
  urn: string,
  id: string,
  content: string,
): TestEventRecord {
  return app.store.write((tx) => {
    const { key, event } = findEvent(tx, caller.projectId, urn, id);
    checkEventContent(content, app.limits.maxEvent);
    const changed = { ...event, content, lastModified: epochSeconds(app.clock.now()) };
    tx.put(testEvents, caller.projectId, key, changed);
    return changed;
  });
}

/**
 * Deletes a test event.
 * @throws ServiceError FSS.1051, FSS.1070, FSS.1309.
 */
export function deleteTestEvent(app: App, caller: Caller, urn: string, id: string): void {
  app.store.write((tx) => {
    tx.delete(testEvents, caller.projectId, findEvent(tx, caller.projectId, urn, id).key);
  });
}

function eventsOf(tx: Reader, project: string, pkg: string, name: string): TestEventRecord[] {
  const entries = tx.list(testEvents, project, { prefix: testEventPrefix(pkg, name) });
  return entries.map((entry) => entry.value).sort((a, b) => a.sequence - b.sequence);
}

function findEvent(
  tx: Reader,
  project: string,
  urn: string,
  id: string,
): { key: string; event: TestEventRecord } {
  const { record } = owningFunction(tx, project, urn);
  const key = testEventKey(record.package, record.name, id);
  const event = tx.get(testEvents, project, key);
  if (!event) throw new ServiceError("FSS.1070");
  return { key, event };
}
