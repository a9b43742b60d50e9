/** Limits of the service that an account may have otherwise. Sizes in bytes unless the name says more. */
export interface Limits {
  readonly functions: number;
  /** All code of a project together, in MB. */
  readonly codeSizeMb: number;
  /** With `latest`. */
  readonly versionsPerFunction: number;
  readonly aliasesPerFunction: number;
  readonly eventsPerFunction: number;
  readonly triggersPerVersion: number;
  /** Active triggers of a project that fetch their events. */
  readonly pollingTriggers: number;
  /** Of a project. */
  readonly ctsTriggers: number;
  readonly dependenciesPerFunction: number;
  readonly dependencies: number;
  readonly concurrentExecutions: number;
  readonly maxCodePackage: number;
  readonly maxInlineCode: number;
  readonly maxDependencyPackage: number;
  readonly maxImportFile: number;
  readonly maxSignedBody: number;
  readonly maxEvent: number;
  /** Unpacked size of a package. */
  readonly maxUnpacked: number;
}

const kib = 1024;
const mib = 1024 * kib;

/** The documented limits; where editions differ, the one that spec/provenance settles on. */
export const defaultLimits: Limits = {
  functions: 400,
  codeSizeMb: 10_240,
  versionsPerFunction: 20,
  aliasesPerFunction: 10,
  eventsPerFunction: 10,
  triggersPerVersion: 10,
  pollingTriggers: 10,
  ctsTriggers: 10,
  dependenciesPerFunction: 20,
  dependencies: 400,
  concurrentExecutions: 100,
  maxCodePackage: 50 * mib,
  maxInlineCode: 10 * kib,
  maxDependencyPackage: 50 * mib,
  maxImportFile: 300 * mib,
  maxSignedBody: 12 * mib,
  maxEvent: 4 * kib,
  maxUnpacked: 1536 * mib,
};
