export { embedTypes } from "./embed-types.ts";
export { generateClient } from "./generate-client.ts";
