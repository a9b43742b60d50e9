/** How long a package is kept although nothing refers to it yet, in milliseconds: longer than any request takes. */
export const defaultGrace: number = 15 * 60 * 1000;

export interface PackageStoreOptions {
  /** Milliseconds that a package is spared by `collect` after it was last put. Default: 15 minutes. */
  readonly grace?: number;
  /** Milliseconds of the machine's clock; an emulator's frozen clock must not keep packages for ever. */
  readonly now?: () => number;
}
