export { downgrade } from "./downgrade.ts";
