import { fileURLToPath } from "node:url";

/** The folder of the built site; the path is the same from `src` and from `dist`. */
export const siteFolder: string = fileURLToPath(new URL("../dist/site", import.meta.url));
