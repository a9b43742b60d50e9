import type { FuncSnapshotState } from "@functiongraph/types";
import type { App } from "../app.ts";
import { findFunction } from "../functions/find-function.ts";
import { latest, versionKey } from "../functions/records.ts";
import { languageOf } from "../functions/rules/runtime.ts";
import { ServiceError } from "../service-error.ts";
import { snapshots } from "./snapshots.ts";

/**
 * Switches the snapshot of a published version of a Java function.
 * @throws ServiceError FSS.1005 (no Java), FSS.1015 (`latest`), FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function switchSnapshot(app: App, project: string, urn: string, state: "enable" | "disable"): void {
  app.store.write((tx) => {
    const { record, version } = findFunction(tx, project, urn);
    const { runtime = "" } = version.config;
    if (languageOf(runtime) !== "java") {
      throw new ServiceError(
        "FSS.1005",
        `Invalid runtime. A snapshot needs a Java runtime, and the runtime is ${runtime}.`,
      );
    }
    if (version.version === latest) {
      throw new ServiceError(
        "FSS.1015",
        "Invalid function version. A snapshot needs a published version, and the URN names latest.",
      );
    }
    tx.put(snapshots, project, versionKey(record.package, record.name, version.version), { state });
  });
}

/**
 * Tells whether new instances of a version start from a snapshot; `disable` where that was never switched.
 * @throws ServiceError FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export function snapshotState(app: App, project: string, urn: string): FuncSnapshotState {
  return app.store.read((tx) => {
    const { record, version } = findFunction(tx, project, urn);
    return (
      tx.get(snapshots, project, versionKey(record.package, record.name, version.version))?.state ?? "disable"
    );
  });
}
