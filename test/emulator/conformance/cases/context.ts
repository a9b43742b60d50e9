import { expect } from "vitest";
import { type ConformanceCase, everywhere } from "../conformance-case.ts";

const projectId = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
/** Each driver has its own. */
const functionName = expect.stringMatching(/^act-(our-client|the-official-SDK)$/);
const word = (type: string) => [type, expect.any(String)];
const empty = (type: string) => [type, ""];

/** Types are those that the language's own `typeof`, `type`, `getSimpleName`, `gettype` and `reflect` tell. */
function contextOf(text: string, whole: string, numbers: "texts" | "numbers", milliseconds: boolean): object {
  const number = (value: number) => (numbers === "texts" ? [text, String(value)] : [whole, value]);
  return {
    getRequestID: [text, expect.stringMatching(/^[\w-]{36}$/)],
    getRemainingTimeInMilliSeconds: [whole, expect.any(Number)],
    // Without an agency there are no keys.
    getAccessKey: empty(text),
    getSecretKey: empty(text),
    getSecurityAccessKey: empty(text),
    getSecuritySecretKey: empty(text),
    getSecurityToken: empty(text),
    getToken: empty(text),
    getFunctionName: [text, functionName],
    getRunningTimeInSeconds: [whole, milliseconds ? 30_000 : 30],
    getVersion: [text, "latest"],
    getPackage: [text, "default"],
    getProjectID: [text, projectId],
    getMemorySize: number(256),
    getCPUNumber: number(400),
    getAlias: empty(text),
    getWorkflowID: word(text),
    getWorkflowRunID: word(text),
    getWorkflowStateID: word(text),
    getUserData: ["Grüße", "example secret"],
  };
}

/** Of 512 MB, which is what Java's functions have. */
const larger = { getMemorySize: ["int", 512], getCPUNumber: ["int", 600] };

/** Variables of every runtime's environment. */
const variables = {
  RUNTIME_PROJECT_ID: projectId,
  RUNTIME_FUNC_NAME: functionName,
  RUNTIME_FUNC_VERSION: "latest",
  RUNTIME_PACKAGE: "default",
  RUNTIME_TIMEOUT: "30",
  RUNTIME_MAX_RESP_BODY_SIZE: "6291456",
  RUNTIME_ROOT: "/home/snuser/runtime",
  RUNTIME_LOG_DIR: "/home/snuser/log",
  // Those of the user are variables too.
  GREETING: "Grüße",
  SECRET: "example secret",
};

/** What functions are told about themselves. */
export const context: readonly ConformanceCase[] = [
  {
    name: "has a context with all documented methods",
    fact: {
      says: "Names of the methods and types of what they return; memory and CPU are texts in Node.js and Python, and the running time is in milliseconds there.",
      grade: "D",
      source: "runtime guides, Context; sources of the runtimes' libraries",
    },
    event: { action: "context" },
    want: {
      node: {
        code: 0,
        result: {
          ...contextOf("string", "number", "texts", true),
          missingUserData: "undefined",
          logger: ["debug", "error", "info", "setLevel", "warn"],
        },
      },
      python: {
        code: 0,
        result: {
          ...contextOf("str", "int", "texts", true),
          logger: ["debug", "info", "warning", "error", "setLevel"],
        },
      },
      java: { code: 0, result: { ...contextOf("String", "int", "numbers", false), ...larger } },
      go: { code: 0, result: contextOf("string", "int", "numbers", false) },
      // No list of types is documented; they are those of Node.js and Python.
      php: { code: 0, result: contextOf("string", "integer", "texts", true) },
      // In place of a context it has headers and variables.
      custom: {
        code: 0,
        result: { headers: { "x-cff-request-id": expect.stringMatching(/^[\w-]{36}$/) }, variables },
      },
      http: {
        code: 0,
        result: {
          method: "POST",
          url: "/act",
          headers: {
            "x-cff-request-id": expect.stringMatching(/^[\w-]{36}$/),
            "x-cff-memory": "256",
            "x-cff-timeout": "30",
            "x-cff-func-version": "latest",
            "x-cff-func-name": functionName,
            "x-cff-project-id": projectId,
            "x-cff-package": "default",
            "x-cff-region": "eu-de",
            "content-type": "application/json",
          },
          variables,
        },
      },
    },
    after: async (_stage, _driver, { text, requestId }) => {
      const told = JSON.parse(text);
      const shown = told.getRequestID?.[1] ?? told.headers["x-cff-request-id"];
      expect(shown).toBe(requestId);
      const [, left] = told.getRemainingTimeInMilliSeconds ?? ["", 30_000];
      expect(left).toBeGreaterThan(20_000);
      expect(left).toBeLessThanOrEqual(30_000);
    },
  },
  {
    name: "has the documented variables in its environment, and starts in the folder above its code",
    fact: {
      says: "RUNTIME_* variables tell of the function, user data is among them; the working folder is /opt/function.",
      grade: "D",
      source: "guide, Configuring Environment Variables; FAQ, How Does a Function Read or Write Files",
    },
    event: { action: "environment" },
    want: everywhere({ code: 0, result: { variables } }),
    after: async (stage, _driver, { text }) => {
      const { folder, variables: told } = JSON.parse(text);
      const handler = stage.runtime.functions.act?.handler;
      const memory = stage.runtime.functions.act?.memory_size ?? 256;
      expect(told).toMatchObject({
        RUNTIME_HANDLER: handler,
        RUNTIME_MEMORY: String(memory),
        RUNTIME_CPU: String((memory / 128) * 100 + 200),
      });
      expect(JSON.parse(told.RUNTIME_USERDATA)).toEqual({
        GREETING: "Grüße",
        LEVEL: "3",
        SECRET: "example secret",
      });
      if (stage.health.sandbox.level !== "namespaces") return;
      expect(told.RUNTIME_CODE_ROOT).toBe("/opt/function/code");
      // Servers start where their code is.
      expect(folder).toBe(stage.runtime.name === "http" ? "/opt/function/code" : "/opt/function");
    },
  },
];
