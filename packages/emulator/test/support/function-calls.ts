import type { OperationId } from "@functiongraph/types";
import {
  createFunction,
  deleteFunction,
  listFunctions,
  showFunctionCode,
  showFunctionConfig,
  updateFunctionCode,
  updateFunctionConfig,
  updateFunctionMaxInstanceConfig,
} from "../../src/api/functions.ts";
import { example } from "./example.ts";
import { ada, type LocalApp } from "./local-app.ts";
import { type Performed, perform } from "./perform.ts";

type Answer<Id extends OperationId> = Promise<Performed<Id>>;

export const helloUrn: string =
  "urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:hello-orders";

export const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Requests of the examples that create functions. */
export const inline: Record<string, unknown> = example("createFunction.request.inline");
export const zip: Record<string, unknown> = example("createFunction.request.zip");
export const image: Record<string, unknown> = example("createFunction.request.image");

const settings = {
  func_name: "hello-orders",
  runtime: "Node.js18.15",
  handler: "index.handler",
  timeout: 60,
  memory_size: 256,
};

/** The operations on functions, called by ada on `hello-orders` unless told otherwise. */
export interface FunctionCalls {
  readonly create: (body: object, caller?: typeof ada) => Answer<"createFunction">;
  readonly config: (function_urn?: string) => Answer<"showFunctionConfig">;
  readonly code: (function_urn?: string) => Answer<"showFunctionCode">;
  readonly remove: (function_urn: string) => Answer<"deleteFunction">;
  readonly list: (query?: Record<string, string>) => Answer<"listFunctions">;
  readonly configure: (body: object, function_urn?: string) => Answer<"updateFunctionConfig">;
  readonly deploy: (body: object, function_urn?: string) => Answer<"updateFunctionCode">;
  readonly limit: (body: object, function_urn?: string) => Answer<"updateFunctionMaxInstanceConfig">;
}

/** @param app asked at each call, as tests replace it. */
export function functionCalls(app: () => LocalApp): FunctionCalls {
  const hello = "hello-orders";
  return {
    create: (body, caller = ada) => perform(app(), caller, "createFunction", createFunction, { body }),
    config: (function_urn = hello) =>
      perform(app(), ada, "showFunctionConfig", showFunctionConfig, { path: { function_urn } }),
    code: (function_urn = hello) =>
      perform(app(), ada, "showFunctionCode", showFunctionCode, { path: { function_urn } }),
    remove: (function_urn) =>
      perform(app(), ada, "deleteFunction", deleteFunction, { path: { function_urn } }),
    list: (query = {}) => perform(app(), ada, "listFunctions", listFunctions, { query }),
    configure: (body, function_urn = hello) =>
      perform(app(), ada, "updateFunctionConfig", updateFunctionConfig, {
        path: { function_urn },
        body: { ...settings, ...body },
      }),
    deploy: (body, function_urn = hello) =>
      perform(app(), ada, "updateFunctionCode", updateFunctionCode, { path: { function_urn }, body }),
    limit: (body, function_urn = hello) =>
      perform(app(), ada, "updateFunctionMaxInstanceConfig", updateFunctionMaxInstanceConfig, {
        path: { function_urn },
        body,
      }),
  };
}
