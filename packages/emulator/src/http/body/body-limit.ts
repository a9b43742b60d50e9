import type { ErrorCode, OperationId } from "@functiongraph/types";
import type { Limits } from "../../core/limits.ts";
import type { Route } from "../routing/route.ts";

/** How large a request body may be, and the code of a larger one. */
export interface BodyLimit {
  /** Bytes. */
  readonly bytes: number;
  readonly code: ErrorCode;
  /** True when a request with a token might be larger. */
  readonly becauseSigned?: boolean;
}

const kib = 1024;
/** What may stand around the Base64 text of a package. */
const around = 64 * kib;
const maxSynchronousEvent = 6 * kib * kib;
const maxAsynchronousEvent = 256 * kib;

/** The limit of an operation. A signed body is limited once more (spec/provenance/discrepancies, 27). */
export function bodyLimit(route: Route | undefined, limits: Limits, signed: boolean): BodyLimit {
  const own = (route && ownLimit(route.id, limits)) ?? { bytes: limits.maxSignedBody, code: "FSS.0413" };
  return signed && own.bytes > limits.maxSignedBody
    ? { bytes: limits.maxSignedBody, code: own.code, becauseSigned: true }
    : own;
}

function ownLimit(id: OperationId, limits: Limits): BodyLimit | undefined {
  switch (id) {
    case "createFunction":
    case "updateFunctionCode":
      return { bytes: base64(limits.maxCodePackage), code: "FSS.1071" };
    case "createDependency":
    case "createDependencyVersion":
    case "updateDependency":
      return { bytes: base64(limits.maxDependencyPackage), code: "FSS.1071" };
    case "importFunction":
      return { bytes: base64(limits.maxImportFile), code: "FSS.1023" };
    case "invokeFunction":
      return { bytes: maxSynchronousEvent, code: "FSS.1201" };
    case "asyncInvokeFunction":
      return { bytes: maxAsynchronousEvent, code: "FSS.1201" };
    case "asyncInvokeReservedFunction":
      return { bytes: maxAsynchronousEvent, code: "FSS.0413" };
    default:
      return undefined;
  }
}

function base64(bytes: number): number {
  return Math.ceil(bytes / 3) * 4 + around;
}
