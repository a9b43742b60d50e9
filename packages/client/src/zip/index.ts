export { type CodePackage, createCodePackage } from "./create-code-package.ts";
export { fromBase64 } from "./from-base64.ts";
export { inlineLimit, packageLimit } from "./limits.ts";
export type { FileContent, OnProgress, PackageFile, PackageFiles, UnpackedFiles } from "./package-files.ts";
export { readCodePackage } from "./read-code-package.ts";
export { type Base64Options, toBase64 } from "./to-base64.ts";
export { type UnzipOptions, unzip } from "./unzip.ts";
export { type ZipOptions, zip } from "./zip.ts";
