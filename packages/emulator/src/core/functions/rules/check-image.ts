import type { CustomImage } from "@functiongraph/types";
import { errors } from "@functiongraph/types/errors";
import { ServiceError } from "../../service-error.ts";
import { checkUserId } from "./check-mounts.ts";

const address = /^swr\.[a-z0-9.-]+(:\d+)?(\/[\w.-]+)+:[\w][\w.-]{0,127}$/;

/**
 * Checks the container image of a function. The image is not looked for: every well-formed address leads to one here.
 * @param missing the operation's code for an image that is not given.
 * @throws ServiceError FSS.1012 or the given code (none), FSS.1034 (address), FSS.1075 (user).
 */
export function checkImage(
  image: CustomImage | undefined,
  missing: "FSS.1012" | "FSS.1034" = "FSS.1012",
): asserts image is CustomImage & { image: string } {
  if (!image?.enabled || image.image === undefined || image.image === "") {
    throw new ServiceError(
      missing,
      `${errors[missing].message} custom_image with enabled true and an image is required for a container image.`,
    );
  }
  if (!address.test(image.image)) {
    throw new ServiceError(
      "FSS.1034",
      `Invalid image URL. custom_image.image must be an address in SWR with a tag, such as swr.eu-de.otc.t-systems.com/example-org/read-receipt:1.0, and is "${image.image.slice(0, 200)}".`,
    );
  }
  for (const id of ["uid", "gid"] as const) {
    const text = image[id];
    if (text !== undefined && text !== "")
      checkUserId(`custom_image.${id}`, /^-?\d+$/.test(text) ? Number(text) : Number.NaN);
  }
}
