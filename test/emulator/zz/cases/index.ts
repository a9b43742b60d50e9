import type { ConformanceCase, ConformanceScenario } from "../conformance-case.ts";
import { context } from "./context.ts";
import { errors } from "./errors.ts";
import { life } from "./life.ts";
import { limits, sizes } from "./limits.ts";
import { logs, longLogs } from "./logs.ts";
import { results } from "./results.ts";

/** Single calls of the set. */
export const cases: readonly ConformanceCase[] = [...results, ...context, ...errors, ...logs, ...limits];

/** What takes several calls. */
export const scenarios: readonly ConformanceScenario[] = [...sizes, ...longLogs, ...life];
