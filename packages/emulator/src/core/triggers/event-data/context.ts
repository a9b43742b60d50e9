import type { Reader } from "../../../store/store.ts";
import type { App } from "../../app.ts";
import type { FoundFunction } from "../../functions/find-function.ts";

/** What the settings of a trigger are held against besides themselves. */
export interface EventDataContext {
  readonly app: App;
  readonly tx: Reader;
  readonly project: string;
  readonly type: string;
  readonly found: FoundFunction;
  /** Identifier of the trigger. */
  readonly id: string;
}
