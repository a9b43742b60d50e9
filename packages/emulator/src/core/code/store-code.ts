import type { FunctionConfig } from "@functiongraph/types";
import type { App } from "../app.ts";
import type { VersionRecord } from "../functions/records.ts";
import { imageName } from "./image-name.ts";
import type { ReceivedCode } from "./receive-code.ts";

/** The part of a version that comes from its code. */
export interface StoredCode {
  readonly config: Pick<
    FunctionConfig,
    "code_type" | "code_url" | "code_filename" | "code_size" | "digest" | "image_name"
  >;
  readonly record: Pick<VersionRecord, "codeDigest" | "codeSize">;
}

/** Puts code into the package store; before the transaction that refers to it. */
export async function storeCode(app: App, code: ReceivedCode): Promise<StoredCode> {
  const stored = code.bytes && (await app.packages.put(code.bytes));
  const size = stored?.size ?? 0;
  return {
    config: {
      code_type: code.codeType,
      code_url: code.codeUrl,
      code_filename: code.filename,
      code_size: size,
      digest: stored?.digest ?? "",
      image_name: imageName(app),
    },
    record: { ...(stored && { codeDigest: stored.digest }), codeSize: size },
  };
}
