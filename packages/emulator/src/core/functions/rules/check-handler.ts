import type { ErrorCode } from "@functiongraph/types/errors";
import { ServiceError } from "../../service-error.ts";
import { type Language, languageOf } from "./runtime.ts";

interface Form {
  readonly pattern: RegExp;
  readonly words: string;
}

const fileAndFunction: Form = {
  pattern: /^[^\s.][^\s]*\.[\w$]+$/,
  words: "be <file>.<function>, such as index.handler",
};

const forms: Partial<Record<Language, Form>> = {
  node: fileAndFunction,
  python: fileAndFunction,
  php: fileAndFunction,
  java: {
    pattern: /^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)+$/u,
    words: "be <package>.<class>.<method>, such as com.example.Orders.handle",
  },
  csharp: {
    pattern: /^[^\s:]+::[^\s:]+::[^\s:]+$/,
    words: "be <assembly>::<namespace>.<class>::<method>, such as Orders::Orders.Program::Handle",
  },
  go: { pattern: /^\S+$/, words: "be the name of the executable" },
  image: { pattern: /^-$/, words: 'be "-" for a container image' },
};

const any: Form = { pattern: /^\S+$/, words: "have no blanks and not be empty" };

/**
 * Checks that a handler suits the runtime.
 * @throws ServiceError FSS.1003.
 */
export function checkHandler(runtime: string, handler: string): void {
  check(
    "FSS.1003",
    "Invalid function handler.",
    "handler",
    runtime,
    handler,
    forms[languageOf(runtime)] ?? any,
  );
}

/**
 * Checks that an initializer suits the runtime. Images and servers bring their own, of which no rule is documented.
 * @throws ServiceError FSS.1404.
 */
export function checkInitializerHandler(runtime: string, handler: string): void {
  const language = languageOf(runtime);
  const form = language === "image" ? any : (forms[language] ?? any);
  check("FSS.1404", "Invalid function initializer.", "initializer_handler", runtime, handler, form);
}

function check(
  code: ErrorCode,
  wire: string,
  field: string,
  runtime: string,
  handler: string,
  form: Form,
): void {
  if (handler.length > 128) {
    throw new ServiceError(
      code,
      `${wire} ${field} must have at most 128 characters and has ${handler.length}.`,
    );
  }
  if (form.pattern.test(handler)) return;
  throw new ServiceError(
    code,
    `${wire} ${field} must ${form.words}, for the runtime ${runtime}, and is "${handler}".`,
  );
}
