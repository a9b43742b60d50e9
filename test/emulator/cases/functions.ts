import { functionLife } from "./functions/life.ts";
import { functionResources } from "./functions/resources.ts";
import { functionSettings } from "./functions/settings.ts";

/** Functions, their code, configuration, snapshots, tags and endpoints. */
export const functions = { ...functionLife, ...functionSettings, ...functionResources };
