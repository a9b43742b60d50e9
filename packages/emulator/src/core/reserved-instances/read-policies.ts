import type { CronConfig, MetricConfig, TacticsConfig } from "@functiongraph/types";
import { parseCron } from "../schedule/parse-cron.ts";
import { quote, ScheduleFault } from "../schedule/schedule-fault.ts";
import { ServiceError } from "../service-error.ts";
import type { CronPolicy, LoadPolicy, ReservationRecord } from "./records.ts";

/** The policies of a reservation. */
export type Policies = Pick<ReservationRecord, "cronPolicies" | "loadPolicies">;

/**
 * Reads and checks the policies of a request.
 * @throws ServiceError FSS.0400 naming the field, FSS.1026 for a negative count.
 */
export function readPolicies(config: TacticsConfig | undefined): Policies {
  const names = new Set<string>();
  const cronPolicies = config?.cron_configs?.map((given, index) =>
    readCronPolicy(given, `tactics_config.cron_configs[${index}]`, names),
  );
  const loadPolicies = config?.metric_configs?.map((given, index) =>
    readLoadPolicy(given, `tactics_config.metric_configs[${index}]`, names),
  );
  return { ...(cronPolicies?.length && { cronPolicies }), ...(loadPolicies?.length && { loadPolicies }) };
}

function readCronPolicy(given: CronConfig, where: string, names: Set<string>): CronPolicy {
  const name = readName(given.name, where, names);
  const cron = given.cron ?? "";
  try {
    if (parseCron(cron).kind !== "cron" || cron.startsWith("CRON_TZ="))
      throw new ScheduleFault("six fields in UTC are needed here");
  } catch (error) {
    if (error instanceof ScheduleFault)
      throw invalid(`${where}.cron is no cron expression: ${error.message}`);
    throw error;
  }
  const count = readCount(given.count, `${where}.count`);
  const startTime = readTime(given.start_time, `${where}.start_time`);
  const expiredTime = readTime(given.expired_time, `${where}.expired_time`);
  if (expiredTime <= startTime)
    throw invalid(`${where}.expired_time must be later than start_time (${startTime}) and is ${expiredTime}`);
  return { name, cron, count, startTime, expiredTime };
}

function readLoadPolicy(given: MetricConfig, where: string, names: Set<string>): LoadPolicy {
  const name = readName(given.name, where, names);
  if (given.type !== "Concurrency")
    throw invalid(
      `${where}.type must be Concurrency and is ${given.type === undefined ? "missing" : quote(given.type)}`,
    );
  const { threshold } = given;
  if (threshold === undefined || !Number.isInteger(threshold) || threshold < 1 || threshold > 99) {
    throw invalid(`${where}.threshold must be a whole number from 1 to 99 and is ${threshold ?? "missing"}`);
  }
  return { name, type: given.type, threshold, min: readCount(given.min, `${where}.min`) };
}

function readName(name: string | undefined, where: string, names: Set<string>): string {
  if (!name || name.length > 60)
    throw invalid(`${where}.name must have 1 to 60 characters and has ${name?.length ?? 0}`);
  if (names.has(name))
    throw invalid(`${where}.name must be unique within the reservation, and ${quote(name)} is there twice`);
  names.add(name);
  return name;
}

function readCount(count: number | undefined, where: string): number {
  if (count === undefined || !Number.isInteger(count))
    throw invalid(`${where} must be a whole number and is ${count ?? "missing"}`);
  if (count < 0)
    throw new ServiceError("FSS.1026", `Invalid Concurrency. ${where} must not be negative and is ${count}.`);
  return count;
}

/** Seconds since 1970, up to the year 9999. */
function readTime(time: number | undefined, where: string): number {
  if (time !== undefined && Number.isInteger(time) && time >= 0 && time <= 253_402_300_799) return time;
  throw invalid(`${where} must be whole seconds since 1970 and is ${time ?? "missing"}`);
}

function invalid(what: string): ServiceError {
  return new ServiceError("FSS.0400", `invalid parameter. ${what}.`);
}
