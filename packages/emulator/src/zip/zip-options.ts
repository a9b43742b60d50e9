import { type RefuseZip, ZipError, ZipFaultFound } from "./zip-fault.ts";

/** How much a ZIP may hold. */
export interface ZipLimits {
  /** Files, folders and links together. */
  readonly entries: number;
  /** Bytes of all files together, unpacked. */
  readonly unpacked: number;
  /** How many times the ZIP's own size it may unpack to; counts from 16 MiB on, as short texts may well repeat themselves. */
  readonly ratio: number;
}

/** 30,000 files as documented for dependencies, 1.5 GiB as for functions; the ratio is this emulator's guard against bombs. */
export const defaultZipLimits: ZipLimits = { entries: 30_000, unpacked: 1536 * 1024 * 1024, ratio: 200 };

/** From where on the ratio counts, in bytes. */
export const ratioFrom: number = 16 * 1024 * 1024;

export interface ZipOptions {
  /** Those left out are the default ones. */
  readonly limits?: Partial<ZipLimits>;
  /** Makes the error that is thrown for a fault. Default: a ZipError. */
  readonly refuse?: RefuseZip;
}

/** Runs what reads a ZIP and turns the faults that it finds into the caller's errors. */
export async function refusing<T>(
  { refuse = (fault) => new ZipError(fault) }: ZipOptions,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ZipFaultFound) throw refuse(error.fault);
    throw error;
  }
}
