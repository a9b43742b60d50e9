import type { OperationId } from "@functiongraph/types";
import { asyncExecution } from "./async-execution.ts";
import type { CasesOf } from "./case.ts";
import { dependencies } from "./dependencies.ts";
import { functions } from "./functions.ts";
import { iam } from "./iam.ts";
import { importExport } from "./import-export.ts";
import { invocation } from "./invocation.ts";
import { logs } from "./logs.ts";
import { metrics } from "./metrics.ts";
import { quotas } from "./quotas.ts";
import { reservedInstances } from "./reserved-instances.ts";
import { testEvents } from "./test-events.ts";
import { tracing } from "./tracing.ts";
import { triggers } from "./triggers.ts";
import { versions } from "./versions.ts";

/** The cases of every operation: a new one does not compile without its own. */
export const operationCases: CasesOf<OperationId> = {
  ...asyncExecution,
  ...dependencies,
  ...functions,
  ...iam,
  ...importExport,
  ...invocation,
  ...logs,
  ...metrics,
  ...quotas,
  ...reservedInstances,
  ...testEvents,
  ...tracing,
  ...triggers,
  ...versions,
};
