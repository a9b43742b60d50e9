import { realpath, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { makeFolder } from "../../../store/make-folder.ts";
import { type Deliver, type DestinationPlaces, UndeliverableError } from "./destination.ts";
import { sendLocal } from "./send-local.ts";

/**
 * Writes a notification as an object: `<prefix><function>/<date>/<request>.json` in the bucket. A second delivery of the same one replaces
 * the first. `expires` goes along as the header `x-obs-expires` where a server takes the object; files are never removed.
 */
export const deliverToObjectStorage: Deliver = async (places, { record, param, now, signal }) => {
  const bucket = String(param.bucket);
  const prefix = typeof param.prefix === "string" ? param.prefix : "";
  const name = `${prefix}${record.name}/${now.toISOString().slice(0, 10)}/${record.requestId}.json`;
  // A leading slash and doubled ones mean nothing in a folder.
  const path = name.split("/").filter((part) => part !== "" && part !== ".");
  if (name.includes("\0") || name.includes("\\") || path.includes(".."))
    throw new UndeliverableError("its prefix has a part that no folder can have; change prefix");
  const place = placeOf(places.objectStorage, bucket);
  if (place === undefined) {
    throw new UndeliverableError(
      `no folder is configured for the bucket ${bucket}; add it to the object storage of the emulator`,
    );
  }
  if (/^https?:\/\//.test(place)) {
    const headers = Number(param.expires) > 0 ? { "x-obs-expires": String(param.expires) } : {};
    await sendLocal({ method: "PUT", base: place, path, headers, body: record.payload, signal });
  } else await writeObject(place, path, record.payload);
};

function placeOf(storage: DestinationPlaces["objectStorage"], bucket: string): string | undefined {
  if (storage === undefined || typeof storage === "string") return storage && join(storage, bucket);
  const named = storage.get(bucket);
  if (named !== undefined) return named;
  for (const [address, place] of storage) {
    if (!URL.canParse(address)) continue;
    const { hostname, pathname } = new URL(address);
    if (hostname.startsWith(`${bucket}.obs.`) && pathname === "/") return place;
    if (hostname.startsWith("obs.") && pathname.replace(/\/$/, "") === `/${bucket}`) return place;
  }
  return undefined;
}

async function writeObject(place: string, path: readonly string[], content: string): Promise<void> {
  makeFolder(resolve(place));
  const bucket = await realpath(place);
  const file = join(bucket, ...path);
  await refuseLinks(bucket, path);
  makeFolder(join(file, ".."));
  // Readers see the whole object or none of it.
  const partial = `${file}.part`;
  try {
    await rm(partial, { force: true });
    await writeFile(partial, content, { flag: "wx" });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** No folder on the way may be a link that leads out of the bucket. */
async function refuseLinks(bucket: string, path: readonly string[]): Promise<void> {
  for (let length = 1; length < path.length; length += 1) {
    const real = await realpath(join(bucket, ...path.slice(0, length))).catch(() => undefined);
    if (real === undefined) return;
    if (!real.startsWith(bucket + sep))
      throw new UndeliverableError("a link in the bucket's folder leads out of it; remove it");
  }
}
