import type { JsonObject } from "../../../../scripts/lib/openapi.ts";
import type { Case, Refusals } from "../case.ts";
import { base64, codePackage, tooLargePackage } from "../packages.ts";
import { foreignDependency } from "../reasons.ts";
import { bucket, type Setup } from "../world.ts";

type CodeFault =
  | "FSS.1006"
  | "FSS.1010"
  | "FSS.1011"
  | "FSS.1012"
  | "FSS.1013"
  | "FSS.1024"
  | "FSS.1046"
  | "FSS.1054"
  | "FSS.1056"
  | "FSS.1071"
  | "FSS.1072";

/** What createFunction and updateFunctionCode refuse of code. @param base a request with a ZIP file that succeeds. */
export function codeFaults(base: JsonObject, setup: readonly Setup[]): Refusals<CodeFault> {
  const refused = (given: string, changes: Readonly<Record<string, unknown>>): Case => ({
    given,
    setup,
    send: { body: { ...base, ...changes } },
  });
  const file = (bytes: string | Uint8Array) => ({ func_code: { file: base64(bytes) } });
  const inObs = (url: string) => ({ code_type: "obs", code_url: url, func_code: {} });
  return {
    "FSS.1006": [
      refused("an unknown code_type", { code_type: "tar" }),
      refused("an image for Node.js", { code_type: "Custom-Image-Swr" }),
      refused("a JAR for Node.js", { code_type: "jar" }),
    ],
    "FSS.1010": refused("a code_url that is none", inObs("packages/resize-image.zip")),
    "FSS.1011": [
      refused("code that is not Base64", { func_code: { file: "%%%" } }),
      refused("code that is no ZIP", file("no ZIP")),
      refused("a ZIP that is cut off", file(codePackage({ "index.js": "1" }).subarray(0, 40))),
      refused("a ZIP with a path out of it", file(codePackage({ "../index.js": "1" }))),
      refused("a ZIP with an absolute path", file(codePackage({ "/etc/passwd": "1" }))),
    ],
    "FSS.1012": [
      refused("no code", { func_code: {} }),
      refused("no code_url", { code_type: "obs", func_code: {} }),
    ],
    "FSS.1013": [
      refused("no code_filename", { code_filename: undefined }),
      refused("a code_filename with a folder", { code_filename: "../index.zip" }),
    ],
    "FSS.1024": refused("more dependencies than a function may have", {
      depend_version_list: ["first", "second"],
    }),
    "FSS.1046": foreignDependency,
    "FSS.1054": [
      refused("a code_url that leads nowhere", inObs(`${bucket}packages/none.zip`)),
      refused(
        "a code_url that is not configured",
        inObs("https://other.obs.eu-de.otc.t-systems.com/index.zip"),
      ),
      refused("a code_url out of the folder", inObs(`${bucket}..%2f..%2fetc/passwd`)),
    ],
    "FSS.1056": refused("a dependency that is not there", {
      depend_version_list: ["9b0c1d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"],
    }),
    "FSS.1071": [
      refused("a package that is too large", file(tooLargePackage(910_000))),
      refused("a package that is too large at its link", inObs(`${bucket}packages/large.zip`)),
    ],
    "FSS.1072": refused("inline code of more than 10 KB", {
      code_type: "inline",
      ...file("x".repeat(10 * 1024 + 1)),
    }),
  };
}
