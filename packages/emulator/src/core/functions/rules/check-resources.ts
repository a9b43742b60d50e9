import { ServiceError } from "../../service-error.ts";
import { languageOf } from "./runtime.ts";

/** The sizes of memory that there are, in MB. */
export const memorySizes: readonly number[] = [
  128, 256, 512, 768, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096, 8192, 10_240,
];

/**
 * Checks the memory of a function in MB.
 * @throws ServiceError FSS.1007.
 */
export function checkMemory(size: number): void {
  if (memorySizes.includes(size)) return;
  throw new ServiceError(
    "FSS.1007",
    `Invalid function memory. memory_size must be one of ${memorySizes.join(", ")} and is ${size}.`,
  );
}

/**
 * Checks the timeout of a function in seconds.
 * @throws ServiceError FSS.1008.
 */
export function checkTimeout(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 3 && seconds <= 259_200) return;
  throw new ServiceError(
    "FSS.1008",
    `Invalid function timeout. timeout must be a whole number of seconds from 3 to 259200 and is ${seconds}.`,
  );
}

/**
 * Checks the description of a function, a version or an alias.
 * @throws ServiceError FSS.1019.
 */
export function checkDescription(text: string): void {
  if (text.length <= 512) return;
  throw new ServiceError(
    "FSS.1019",
    `The description exceeds the maximum allowed limit. description must have at most 512 characters and has ${text.length}.`,
  );
}

/**
 * Checks what only functions with a server or an image of their own can have.
 * @throws ServiceError FSS.0400.
 */
export function checkExtras(
  runtime: string,
  gpuMemory: number | undefined,
  ephemeralStorage: number | undefined,
): void {
  if (gpuMemory !== undefined && runtime !== "Custom" && runtime !== "Custom Image") {
    throw new ServiceError(
      "FSS.0400",
      `invalid parameter: gpu_memory needs the runtime Custom or Custom Image, and the runtime is ${runtime}.`,
    );
  }
  if (ephemeralStorage !== undefined && ephemeralStorage !== 512 && !allowsEphemeralStorage(runtime)) {
    throw new ServiceError(
      "FSS.0400",
      `invalid parameter: ephemeral_storage must be 512 for the runtime ${runtime} and is ${ephemeralStorage}.`,
    );
  }
}

/** Whether the size of `/tmp` can be chosen. */
export function allowsEphemeralStorage(runtime: string): boolean {
  return runtime === "http" || languageOf(runtime) === "image";
}
