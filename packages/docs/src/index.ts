export { type SiteServer, serveSite } from "./serve-site.ts";
export { siteFolder } from "./site-folder.ts";
