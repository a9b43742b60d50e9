import { operations } from "@functiongraph/types/operations";

/** The passwords and keys in `event_data`: stored, but never repeated. */
export const secretFields: ReadonlySet<string> = new Set(
  operations.createFunctionTrigger.secrets.request.map((path) => path.replace("event_data.", "")),
);
