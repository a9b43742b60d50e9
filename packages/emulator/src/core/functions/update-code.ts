import type { FunctionCode, UpdateFunctionCodeRequest } from "@functiongraph/types";
import type { Caller } from "../../contract/handler.ts";
import type { Reader } from "../../store/store.ts";
import type { App } from "../app.ts";
import { receiveCode } from "../code/receive-code.ts";
import { storeCode } from "../code/store-code.ts";
import { ServiceError } from "../service-error.ts";
import { findLatest, putLatest } from "./change-latest.ts";
import { checkDependencies } from "./check-dependencies.ts";
import { checkCodeQuota } from "./check-quota.ts";
import { findFunction } from "./find-function.ts";
import type { VersionRecord } from "./records.ts";
import { showCode } from "./show-function.ts";

/**
 * Replaces the code of `latest`, and its dependencies where the request names some.
 * @throws ServiceError FSS.1006, FSS.1010, FSS.1011, FSS.1012, FSS.1013, FSS.1015 (a published version), FSS.1024, FSS.1042, FSS.1051,
 * FSS.1052, FSS.1053, FSS.1054, FSS.1056, FSS.1071, FSS.1072, FSS.1309.
 */
export async function updateCode(
  app: App,
  caller: Caller,
  urn: string,
  request: UpdateFunctionCodeRequest,
): Promise<FunctionCode> {
  const project = caller.projectId;
  const before = app.store.read((tx) => findLatestCode(tx, project, urn));
  const received = await receiveCode(app, { ...before, ...request, custom_image: before.custom_image });
  const code = await storeCode(app, received);
  return app.store.write((tx) => {
    const found = findLatest(tx, project, urn);
    checkCodeQuota(tx, app, project, code.record.codeSize - found.version.codeSize);
    const named = request.depend_version_list;
    const { codeDigest: _replaced, ...kept } = found.version;
    const version = putLatest(tx, app, project, found, {
      ...kept,
      ...code.record,
      config: {
        ...kept.config,
        ...code.config,
        ...(request.code_encrypt_kms_key_id !== undefined && {
          code_encrypt_kms_key_id: request.code_encrypt_kms_key_id,
        }),
        ...(named && { depend_version_list: checkDependencies(tx, app, project, named) }),
      },
    });
    const file =
      received.codeType === "inline" && received.bytes ? Buffer.from(received.bytes).toString("base64") : "";
    return showCode(tx, { region: app.region, project, record: found.record, version }, file);
  });
}

/**
 * Shows the code of a version, with the code itself if it is inline.
 * @throws ServiceError FSS.1051, FSS.1052, FSS.1053, FSS.1309.
 */
export async function readCode(app: App, caller: Caller, urn: string): Promise<FunctionCode> {
  const project = caller.projectId;
  const { codeDigest, config } = app.store.read((tx) => findFunction(tx, project, urn)).version;
  const bytes = config.code_type === "inline" && codeDigest ? await app.packages.get(codeDigest) : undefined;
  return app.store.read((tx) => {
    const { record, version } = findFunction(tx, project, urn);
    const same = version.codeDigest === codeDigest;
    return showCode(
      tx,
      { region: app.region, project, record, version },
      same && bytes ? Buffer.from(bytes).toString("base64") : "",
    );
  });
}

function findLatestCode(tx: Reader, project: string, urn: string): Before {
  const { version } = findLatest(tx, project, urn);
  refuseImage(version);
  const { runtime = "", handler = "", custom_image } = version.config;
  return { runtime, handler, custom_image };
}

interface Before {
  readonly runtime: string;
  readonly handler: string;
  readonly custom_image: VersionRecord["config"]["custom_image"];
}

function refuseImage({ config }: VersionRecord): void {
  if (config.code_type !== "Custom-Image-Swr") return;
  throw new ServiceError(
    "FSS.1006",
    "Invalid function code entry mode. The function runs from an image, which updateFunctionConfig changes.",
  );
}
