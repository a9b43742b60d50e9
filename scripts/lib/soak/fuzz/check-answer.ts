import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { isObject, type Json, type JsonObject } from "../../openapi.ts";
import type { FuzzOperation } from "./operations.ts";

/** An answer as it arrived. */
export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Holds an answer against the description: what is wrong with it, nothing when it is right. */
export type AnswerCheck = (operation: FuzzOperation, method: string, answer: FuzzAnswer) => string[];

/** A check against a bundled description and the codes of its error catalogue. */
export function answerCheck(document: JsonObject, codes: ReadonlySet<string>): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const compiled = new Map<JsonObject, ValidateFunction>();
  const validatorOf = (schema: JsonObject): ValidateFunction => {
    const known = compiled.get(schema);
    if (known) return known;
    const validator = ajv.compile({ ...schema, components: document.components });
    compiled.set(schema, validator);
    return validator;
  };

  return (operation, method, { status, headers, body }) => {
    const problems: string[] = [];
    // Functions do not run in this part of the emulator; saying so is the one failure that it may have.
    if (status >= 500 && !(status === 503 && operation.tag === "invocation"))
      problems.push(`status ${status} is a failure of the server`);
    if (!headers["x-request-id"]) problems.push("the header X-Request-Id is missing");
    if (method === "HEAD" || method === "OPTIONS") return problems;
    const json = parse(body);
    if (status >= 400 && !isRefusal(json, codes))
      problems.push(`the body is no error of the catalogue: ${body.toString("utf8").slice(0, 300)}`);
    // Another method of the same path is another operation, or none.
    if (method !== operation.method) return problems;
    const declared =
      operation.answers.get(String(status)) ?? (status >= 400 ? operation.answers.get("default") : undefined);
    if (!declared) return [...problems, `status ${status} is not declared`];
    if (declared.media.length === 0 && body.length > 0) problems.push("a body came where none is declared");
    const type = String(headers["content-type"] ?? "").split(";")[0] ?? "";
    if (declared.media.length > 0 && !declared.media.includes(type))
      problems.push(
        `the content type is ${type || "missing"}, and declared is ${declared.media.join(" or ")}`,
      );
    if (declared.schema && type === "application/json") {
      const validator = validatorOf(declared.schema);
      if (json === undefined) problems.push("the body is no JSON");
      else if (!validator(json)) problems.push(`the body is invalid: ${ajv.errorsText(validator.errors)}`);
    }
    return problems;
  };
}

function isRefusal(json: Json | undefined, codes: ReadonlySet<string>): boolean {
  if (!isObject(json)) return false;
  // IAM words its refusals in its own way.
  if (isObject(json.error)) return true;
  return typeof json.error_msg === "string" && json.error_msg !== "" && codes.has(String(json.error_code));
}

/** A body as JSON, if it is. */
export function parse(body: Buffer): Json | undefined {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
