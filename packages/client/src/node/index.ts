export { type KeepAliveFetch, type KeepAliveOptions, keepAliveFetch } from "./keep-alive/index.ts";
export { type PackedFolder, type PackFolderOptions, packFolder } from "./pack-folder.ts";
