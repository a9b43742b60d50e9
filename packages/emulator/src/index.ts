export type { Handlers } from "./contract/handler.ts";
export type { Limits } from "./core/limits.ts";
export { createEmulator } from "./emulator.ts";
export type { AuthenticationMode } from "./http/authentication/authenticate.ts";
export type { Project, User } from "./http/authentication/identity.ts";
export type { Violation } from "./http/server-context.ts";
export type { LogLevel } from "./log/logger.ts";
export {
  type AsynchronousOptions,
  type EmulatorOptions,
  OptionError,
  type UserOptions,
} from "./options.ts";
export type { RunnerOptions } from "./runtime/runner-options.ts";
export type { Emulator } from "./start-emulator.ts";
export { DataFolderError } from "./store/data-folder-error.ts";
export { DiskFullError } from "./store/disk-full-error.ts";
export { SnapshotError } from "./store/snapshot-error.ts";
