import { CredentialsError } from "../errors/credentials-error.ts";
import type { CredentialsProvider } from "./credentials.ts";
import { hostProcess } from "./host-process.ts";
import { parseIni } from "./parse-ini.ts";

/** Settings of `fromProfile`. */
export interface FromProfileOptions {
  /** The file, in place of the one in `HUAWEICLOUD_SDK_CREDENTIALS_FILE` or else `~/.huaweicloud/credentials`. */
  readonly path?: string | undefined;
  /** The section to read; by default `default`, or else `basic`, which the official SDKs use. */
  readonly profile?: string | undefined;
}

/**
 * Takes an access key from a section of the credentials file of the official SDKs, an INI file with the names `ak`, `sk` and, for a
 * temporary key, `security_token`. The file is read anew each time. Works on Node and what resembles it.
 */
export function fromProfile({ path, profile }: FromProfileOptions = {}): CredentialsProvider {
  return async () => {
    const { file, text } = await readCredentialsFile(path);
    const sections = parseIni(text);
    const wanted = profile === undefined ? ["default", "basic"] : [profile];
    const name = wanted.find((name) => sections.has(name));
    const section = name === undefined ? undefined : sections.get(name);
    if (!section)
      throw new CredentialsError(`fromProfile: ${file} has no section [${wanted.join("] or [")}]; add it`);

    const [accessKey, secretKey, securityToken] = ["ak", "sk", "security_token"].map((key) =>
      section.get(key),
    );
    if (!accessKey || !secretKey) {
      const missing = accessKey ? "sk" : "ak";
      throw new CredentialsError(
        `fromProfile: section [${name}] of ${file} has no ${missing}; add a line \`${missing} = …\``,
      );
    }
    return { accessKey, secretKey, ...(securityToken && { securityToken }) };
  };
}

async function readCredentialsFile(path: string | undefined): Promise<{ file: string; text: string }> {
  const host = hostProcess();
  // `as`: a built-in module has the type of its name; a host without it gives undefined.
  const fs = host?.getBuiltinModule?.("node:fs/promises") as typeof import("node:fs/promises") | undefined;
  const os = host?.getBuiltinModule?.("node:os") as typeof import("node:os") | undefined;
  if (!fs || !os) {
    throw new CredentialsError(
      "fromProfile: there are no files here, as in a browser; pass credentials from elsewhere",
    );
  }
  const file =
    path ?? (host?.env?.HUAWEICLOUD_SDK_CREDENTIALS_FILE || `${os.homedir()}/.huaweicloud/credentials`);
  try {
    return { file, text: await fs.readFile(file, "utf8") };
  } catch (cause) {
    throw new CredentialsError(`fromProfile: ${file} cannot be read; create it, or name another file`, {
      cause,
    });
  }
}
