import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));
/** The folder of the specification's sources. */
export const specFolder: string = fileURLToPath(new URL("../../spec", import.meta.url));
/** The folder of what is built from them. */
export const distFolder: string = fileURLToPath(new URL("../../spec/dist", import.meta.url));
