import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { specFolder } from "../paths.ts";
import type { Finding } from "./compare.ts";

/** A documented fact that the description leaves out or states otherwise, and why. */
export interface Exception {
  /** `*` stands for every operation. */
  readonly operationId: string;
  readonly in: string;
  readonly path: string;
  /** Only this enum value, status or bound; without it the exception holds for the whole field. */
  readonly value?: string;
  readonly reason: string;
  readonly discrepancy?: number;
}

/** A field of which the editions say different types, or different things about being required, and how it was settled. */
export interface Conflict {
  readonly operationId: string;
  readonly in: string;
  readonly path: string;
  readonly kind: "type" | "required";
  /** A JSON type, or `required` / `optional`. */
  readonly decision: string;
  readonly reason: string;
  readonly discrepancy?: number;
}

export interface Settled {
  readonly exceptions: readonly Exception[];
  readonly conflicts: readonly Conflict[];
}

/** Reads `spec/provenance/exceptions`. */
export function readSettled(folder: string = join(specFolder, "provenance", "exceptions")): Settled {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name): Partial<Settled> => parse(readFileSync(join(folder, name), "utf8")) ?? {});
  return {
    exceptions: files.flatMap((file) => file.exceptions ?? []),
    conflicts: files.flatMap((file) => file.conflicts ?? []),
  };
}

/** Whether an exception excuses a finding. */
export function excuses(exception: Exception, finding: Finding): boolean {
  return (
    (exception.operationId === "*" || exception.operationId === finding.operationId) &&
    exception.in === finding.in &&
    (exception.path === "*" || exception.path.toLowerCase() === finding.path.toLowerCase()) &&
    (exception.value === undefined || exception.value === finding.value)
  );
}
