// What is used here of yauzl, which brings no types: reading the directory of a ZIP in memory.
declare module "yauzl" {
  export interface Entry {
    readonly versionMadeBy: number;
    readonly generalPurposeBitFlag: number;
    /** 0 stored, 8 deflated. */
    readonly compressionMethod: number;
    readonly crc32: number;
    readonly compressedSize: number;
    readonly uncompressedSize: number;
    readonly externalFileAttributes: number;
    readonly relativeOffsetOfLocalHeader: number;
    readonly fileNameRaw: Buffer;
    readonly extraFields: readonly { readonly id: number; readonly data: Buffer }[];
    isEncrypted(): boolean;
  }

  export interface ZipFile {
    readonly entryCount: number;
    /** Where the directory's next entry would be. */
    readonly readEntryCursor: number;
    eachEntry(): AsyncIterable<Entry>;
  }

  export function fromBufferPromise(
    buffer: Buffer,
    options: { decodeStrings: boolean; validateEntrySizes: boolean },
  ): Promise<ZipFile>;
  export function getFileNameLowLevel(
    flags: number,
    name: Buffer,
    extraFields: Entry["extraFields"],
    strictFileNames: boolean,
  ): string;
}
