import type { Handler } from "../contract/handler.ts";
import {
  createTestEvent,
  deleteTestEvent,
  listTestEvents,
  showTestEvent,
  updateTestEvent,
} from "../core/test-events/test-events.ts";

export const listEvents: Handler<"listEvents"> = ({ path, caller }, app) => {
  const events = listTestEvents(app, caller, path.function_urn).map(({ id, name, lastModified }) => ({
    id,
    name,
    last_modified: lastModified,
  }));
  return { body: { events, count: events.length, next_marker: events.length } };
};

export const createEvent: Handler<"createEvent"> = ({ path, body, caller }, app) => {
  const { id, name } = createTestEvent(app, caller, path.function_urn, body.name, body.content);
  return { body: { id, name } };
};

export const showEvent: Handler<"showEvent"> = ({ path, caller }, app) => {
  const { id, name, content, lastModified } = showTestEvent(app, caller, path.function_urn, path.event_id);
  return { body: { id, name, content, last_modified: lastModified } };
};

export const updateEvent: Handler<"updateEvent"> = ({ path, body, caller }, app) => {
  const { id, name } = updateTestEvent(app, caller, path.function_urn, path.event_id, body.content);
  return { body: { id, name } };
};

export const deleteEvent: Handler<"deleteEvent"> = ({ path, caller }, app) => {
  deleteTestEvent(app, caller, path.function_urn, path.event_id);
  return { status: 204 };
};
