export { type PackedFolder, type PackFolderOptions, packFolder } from "./pack-folder.ts";
