import type { FunctionConfig } from "@functiongraph/types";
import { ServiceError } from "../../service-error.ts";

/**
 * Checks the VPC of a function. Every identifier names a VPC here, as there is no VPC service to ask.
 * @throws ServiceError FSS.1036, FSS.1037.
 */
export function checkVpc(vpc: NonNullable<FunctionConfig["func_vpc"]>): void {
  if (vpc.vpc_id.trim() === "")
    throw new ServiceError("FSS.1036", "The VPC does not exist. func_vpc.vpc_id is empty.");
  if (vpc.subnet_id.trim() === "") {
    throw new ServiceError("FSS.1037", "No subnet matches the specified ID. func_vpc.subnet_id is empty.");
  }
}

/**
 * Checks the private domain names: a JSON array written as a text, or the empty text for none.
 * @throws ServiceError FSS.0400.
 */
export function checkDomainNames(text: string): void {
  if (text === "" || isListOfDomains(text)) return;
  throw new ServiceError(
    "FSS.0400",
    "invalid parameter: domain_names must be a JSON array of objects with id and domain_name, written as a text, and is not.",
  );
}

function isListOfDomains(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isDomain);
  } catch {
    return false;
  }
}

function isDomain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return (
    "id" in value &&
    typeof value.id === "string" &&
    "domain_name" in value &&
    typeof value.domain_name === "string"
  );
}

const cidr = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/**
 * Checks the address ranges that the code uses, at most five.
 * @throws ServiceError FSS.0400.
 */
export function checkPeeringCidr(text: string): void {
  const ranges = text === "" ? [] : text.split(";");
  if (ranges.length <= 5 && ranges.every(isRange)) return;
  throw new ServiceError(
    "FSS.0400",
    `invalid parameter: peering_cidr must be at most five ranges such as 192.168.10.0/24 with semicolons between and is "${text.slice(0, 100)}".`,
  );
}

function isRange(text: string): boolean {
  const [, ...parts] = cidr.exec(text) ?? [];
  return parts.length === 5 && parts.every((part, i) => Number(part) <= (i === 4 ? 32 : 255));
}
