export { formatUrn } from "./format-urn.ts";
export type { FunctionUrn } from "./function-urn.ts";
export { isUrn } from "./is-urn.ts";
export { parseUrn } from "./parse-urn.ts";
export { validateUrn } from "./validate-urn.ts";
