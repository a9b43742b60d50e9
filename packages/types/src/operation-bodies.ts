import type { OperationId } from "./generated/operations.js";
import type { operations } from "./generated/schema.js";
import type { Readable, Writable } from "./read-write.js";

type ContentOf<T> = T extends { content: infer Content } ? Content[keyof Content] : never;
type SuccessOf<T> = {
  [Status in keyof T]: Status extends number ? (`${Status}` extends `2${string}` ? T[Status] : never) : never;
}[keyof T];

/** The body to send with an operation; never when it takes none. */
export type RequestBody<Id extends OperationId> = operations[Id] extends { requestBody?: infer Body }
  ? Writable<ContentOf<NonNullable<Body>>>
  : never;

/** The body that an operation answers with when it succeeds; never when there is none. */
export type ResponseBody<Id extends OperationId> = Readable<
  ContentOf<SuccessOf<operations[Id]["responses"]>>
>;
