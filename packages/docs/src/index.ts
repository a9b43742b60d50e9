export { siteFolder } from "./site-folder.ts";
export { siteHandler } from "./site-handler.ts";
