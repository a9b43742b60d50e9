import { join } from "node:path";
import type { Workplace } from "../runtime/contract.ts";
import type { SandboxLevel } from "./contract.ts";

/** Where a function finds its code, its temporary folder and the folder that it starts in. */
export function seenPaths(
  level: SandboxLevel,
  { folder, codeFolder, temporaryFolder }: Pick<Workplace, "folder" | "codeFolder" | "temporaryFolder">,
): Workplace["seen"] {
  if (level === "process")
    return { code: codeFolder, temporary: temporaryFolder, root: join(folder, "function") };
  return { code: "/opt/function/code", temporary: "/tmp", root: "/opt/function" };
}
