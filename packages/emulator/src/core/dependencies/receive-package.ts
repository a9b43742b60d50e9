import type { App } from "../app.ts";
import { readObject } from "../code/object-storage.ts";
import { readBase64 } from "../code/read-base64.ts";
import { checkRuntime } from "../functions/rules/runtime.ts";
import { ServiceError } from "../service-error.ts";
import { checkPackage } from "./check-package.ts";
import { type DependencyUpload, entityTag } from "./store-dependency.ts";

/** What a request says about a package. */
export interface PackageRequest {
  readonly depend_type: "zip" | "obs";
  readonly depend_file?: string;
  readonly depend_link?: string;
  readonly runtime: string;
  readonly name: string;
  readonly description?: string;
}

/** What object storage may hold; requests carry less. */
const mostInStorage = 300 * 1024 * 1024;

/**
 * Reads and checks the package of a request and puts it into the package store; before the transaction that refers to it.
 * @throws ServiceError FSS.1005 (runtime), FSS.1010, FSS.1054 (link), FSS.1013 (no ZIP), FSS.1024 (unusable), FSS.1032 (type and field
 * do not fit), FSS.1071 (too large).
 */
export async function receivePackage(app: App, request: PackageRequest): Promise<DependencyUpload> {
  const { name, runtime, description } = request;
  checkRuntime(runtime);
  const bytes = await readPackage(app, request);
  await checkPackage(bytes, app.limits);
  const stored = await app.packages.put(bytes);
  return {
    ...stored,
    name,
    runtime,
    etag: entityTag(bytes),
    ...(description !== undefined && { description }),
  };
}

async function readPackage(
  app: App,
  { depend_type: type, depend_file: file, depend_link: link }: PackageRequest,
): Promise<Uint8Array> {
  const [wanted, other] = type === "zip" ? ["depend_file", "depend_link"] : ["depend_link", "depend_file"];
  const [value, extra] = type === "zip" ? [file, link] : [link, file];
  if (!value) throw wrongType(`depend_type is ${type}, so ${wanted} must be sent, and it is missing`);
  if (extra) throw wrongType(`depend_type is ${type}, so ${other} must be left out, and it was sent`);
  if (type === "obs") return readObject(app, value, wanted, mostInStorage);
  try {
    return readBase64(value, { field: wanted, most: app.limits.maxDependencyPackage, tooLarge: "FSS.1071" });
  } catch (error) {
    if (error instanceof ServiceError && error.code === "FSS.1011")
      throw new ServiceError("FSS.1024", `Invalid dependency. ${wanted} must be Base64 and is not.`);
    throw error;
  }
}

function wrongType(what: string): ServiceError {
  return new ServiceError("FSS.1032", `Invalid dependency type. ${what}.`);
}
