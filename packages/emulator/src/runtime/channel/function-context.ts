import { markerVariable } from "../../sandbox/marker.ts";
import type { FunctionSpec, Workplace } from "../contract.ts";

/** What a function with an agency gets as temporary keys: obviously no real ones (assumption). */
export const temporaryKeys: Readonly<Record<string, string>> = {
  accessKey: "EXAMPLEACCESSKEY0001",
  secretKey: "example-secret-key",
  securityAccessKey: "EXAMPLETEMPORARYKEY1",
  securitySecretKey: "example-temporary-secret-key",
  securityToken: "example-security-token",
  token: "example-token",
};

const mebibyte = 1024 * 1024;

/** The environment variables of a function (facts/runtime.md, 3): those of the runtime, and the user's own. */
export function environmentOf(spec: FunctionSpec, { seen }: Pick<Workplace, "seen">): Record<string, string> {
  // By the mark the sandbox finds what the function starts: the function cannot have a variable of that name.
  const { [markerVariable]: _mark, ...userData } = spec.userData;
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: seen.temporary,
    TMPDIR: seen.temporary,
    LANG: "C.UTF-8",
    ...userData,
    RUNTIME_PROJECT_ID: spec.projectId,
    RUNTIME_FUNC_NAME: spec.name,
    RUNTIME_FUNC_VERSION: spec.version,
    RUNTIME_PACKAGE: spec.package,
    RUNTIME_HANDLER: spec.handler,
    RUNTIME_TIMEOUT: String(spec.timeout),
    RUNTIME_USERDATA: JSON.stringify(spec.userData),
    RUNTIME_CPU: String(spec.cpu),
    RUNTIME_MEMORY: String(spec.memoryMb),
    RUNTIME_MAX_RESP_BODY_SIZE: String(6 * mebibyte),
    RUNTIME_MAX_REQUEST_BODY_SIZE: String(6 * mebibyte),
    RUNTIME_INITIALIZER_HANDLER: spec.initializer?.handler ?? "",
    RUNTIME_INITIALIZER_TIMEOUT: String(spec.initializer?.timeout ?? 0),
    RUNTIME_PRESTOP_HANDLER: spec.preStop?.handler ?? "",
    RUNTIME_ROOT: "/home/snuser/runtime",
    RUNTIME_CODE_ROOT: seen.code,
    RUNTIME_LOG_DIR: "/home/snuser/log",
  };
}

/** What the context object of a function shows, apart from what each call has of its own; initializer and pre-stop method get the keys of it. */
export function contextOf(spec: FunctionSpec): Readonly<Record<string, unknown>> {
  return {
    functionName: spec.name,
    version: spec.version,
    package: spec.package,
    projectId: spec.projectId,
    memory: spec.memoryMb,
    cpu: spec.cpu,
    timeout: spec.timeout,
    userData: spec.userData,
    ...(spec.hasAgency && temporaryKeys),
  };
}
