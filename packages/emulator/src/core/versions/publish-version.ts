import { createHash } from "node:crypto";
import type { CreateFunctionVersionRequest, FunctionConfig } from "@functiongraph/types";
import type { Caller } from "../../contract/handler.ts";
import type { Reader, Writer } from "../../store/store.ts";
import type { App } from "../app.ts";
import { checkCodeQuota } from "../functions/check-quota.ts";
import { findRecord } from "../functions/find-record.ts";
import { fingerprint } from "../functions/fingerprint.ts";
import { putVersion } from "../functions/put-version.ts";
import {
  type FunctionRecord,
  latest,
  type VersionRecord,
  versionKey,
  versions,
} from "../functions/records.ts";
import { checkDescription } from "../functions/rules/check-resources.ts";
import { showConfig } from "../functions/show-function.ts";
import { ServiceError } from "../service-error.ts";
import { formatTime } from "../time.ts";
import { automaticName, checkVersionName } from "./version-name.ts";

/**
 * Publishes `latest`: its code and configuration get a name under which they never change again.
 * @throws ServiceError FSS.1015 (the name, or a URN of a published version), FSS.1016 (nothing has changed), FSS.1019, FSS.1042 (no room
 * for more code), FSS.0403 (too many versions), FSS.0400 (another digest), FSS.1051, FSS.1062 (name taken), FSS.1309.
 */
export async function publishVersion(
  app: App,
  caller: Caller,
  urn: string,
  request: CreateFunctionVersionRequest,
): Promise<FunctionConfig> {
  const project = caller.projectId;
  if (request.version !== undefined) checkVersionName("version", request.version);
  checkDescription(request.description ?? "");
  const digest = request.digest?.toLowerCase();
  const md5 = digest?.length === 32 ? await md5OfLatest(app, project, urn) : undefined;
  return app.store.write((tx) => {
    const { record, version: state } = findPublishable(tx, project, urn);
    if (digest && digest !== state.codeDigest && digest !== md5) {
      throw new ServiceError(
        "FSS.0400",
        `invalid parameter: digest must be that of the present code, ${state.codeDigest ?? "of which there is none"}, and is "${digest.slice(0, 130)}".`,
      );
    }
    const published = fingerprint(state);
    if (published === state.publishedFingerprint) throw new ServiceError("FSS.1016");
    const version = snapshot(tx, app, project, record, state, request);
    putVersion(tx, project, record.package, record.name, version);
    putVersion(tx, project, record.package, record.name, { ...state, publishedFingerprint: published });
    return showConfig(tx, { region: app.region, project, record, version });
  });
}

function snapshot(
  tx: Writer,
  app: App,
  project: string,
  { package: pkg, name }: FunctionRecord,
  { publishedFingerprint: _mark, ...state }: VersionRecord,
  request: CreateFunctionVersionRequest,
): VersionRecord {
  const all = tx.list(versions, project, { prefix: versionKey(pkg, name, "") }).map(({ value }) => value);
  const taken = (wanted: string): boolean => all.some(({ version }) => version === wanted);
  const version = request.version ?? automaticName(app.clock.now(), taken);
  if (taken(version)) throw new ServiceError("FSS.1062");
  const most = app.limits.versionsPerFunction;
  if (all.length >= most) {
    throw new ServiceError(
      "FSS.0403",
      `The number of versions exceeds the maximum allowed limit (${most}), the version latest included.`,
    );
  }
  checkCodeQuota(tx, app, project, state.codeSize);
  const now = formatTime(app.clock.now());
  // File systems stay with latest.
  const config: FunctionConfig = {
    ...state.config,
    version,
    version_description: request.description ?? "",
    last_modified: now,
    mount_config: null,
  };
  const publication = 1 + Math.max(0, ...all.map((one) => one.publication ?? 0));
  return { ...state, version, config, publication, lastModified: now };
}

function findPublishable(
  tx: Reader,
  project: string,
  urn: string,
): { record: FunctionRecord; version: VersionRecord } {
  const { record, reference } = findRecord(tx, project, urn);
  const { qualifier } = reference;
  if (qualifier && !("version" in qualifier && qualifier.version === latest)) {
    throw new ServiceError(
      "FSS.1015",
      "Invalid function version. The URN must name the function or its version latest, as that is what is published.",
    );
  }
  const version = tx.get(versions, project, versionKey(record.package, record.name, latest));
  if (!version) throw new ServiceError("FSS.1051");
  return { record, version };
}

async function md5OfLatest(app: App, project: string, urn: string): Promise<string | undefined> {
  const { codeDigest } = app.store.read((tx) => findPublishable(tx, project, urn)).version;
  const bytes = codeDigest ? await app.packages.get(codeDigest) : undefined;
  return bytes && createHash("md5").update(bytes).digest("hex");
}
