export { type KeepAliveFetch, keepAliveFetch } from "./keep-alive-fetch.ts";
export type { KeepAliveOptions } from "./keep-alive-options.ts";
