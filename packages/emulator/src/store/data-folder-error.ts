/** Why a data folder cannot be used, in words for the person who started the emulator; shown without a stack trace. */
export class DataFolderError extends Error {
  override readonly name = "DataFolderError";
}
