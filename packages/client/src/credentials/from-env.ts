import { CredentialsError } from "../errors/credentials-error.ts";
import type { Credentials, CredentialsProvider } from "./credentials.ts";
import { hostProcess } from "./host-process.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of `fromEnv`. */
export interface FromEnvOptions {
  /** Variables to read in place of the process's own. */
  readonly env?: Environment | undefined;
}

/** Access key, secret key and security token, by whose programs they are read; the first set that is there counts. */
const keyVariables = [
  // The official SDKs and KooCLI.
  ["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN"],
  // The SDKs and runtimes of Open Telekom Cloud's community.
  ["OTC_SDK_AK", "OTC_SDK_SK", "OTC_SDK_SECURITY_TOKEN"],
  // The Terraform provider of Huawei Cloud.
  ["HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN"],
  // The Terraform provider of Open Telekom Cloud, which Huawei Cloud's understands as well.
  ["OS_ACCESS_KEY", "OS_SECRET_KEY", "OS_SECURITY_TOKEN"],
  // The samples of Huawei Cloud's documentation.
  ["CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_SDK_SECURITY_TOKEN"],
] as const;

/** Tokens: of Huawei Cloud's Terraform provider, of OpenStack's tools, and of its older tools. */
const tokenVariables = ["HW_AUTH_TOKEN", "OS_TOKEN", "OS_AUTH_TOKEN"] as const;

/**
 * Takes credentials from the environment variables of the official SDKs, of Terraform and of OpenStack, read anew each time.
 *
 * In this order: `HUAWEICLOUD_SDK_AK` and `_SK`, `OTC_SDK_AK` and `_SK`, `HW_ACCESS_KEY` and `HW_SECRET_KEY`, `OS_ACCESS_KEY` and
 * `OS_SECRET_KEY`, `CLOUD_SDK_AK` and `_SK`, each with the `…_SECURITY_TOKEN` of its own set; then the tokens `HW_AUTH_TOKEN`,
 * `OS_TOKEN` and `OS_AUTH_TOKEN`. Empty variables count as missing. Half a key is an error: other variables might belong to another
 * account.
 */
export function fromEnv({ env }: FromEnvOptions = {}): CredentialsProvider {
  return async () => {
    const variables = env ?? hostProcess()?.env;
    if (!variables) {
      throw new CredentialsError(
        "fromEnv: there are no environment variables here, as in a browser; pass credentials from elsewhere",
      );
    }
    return read(variables);
  };
}

function read(env: Environment): Credentials {
  for (const [accessName, secretName, tokenName] of keyVariables) {
    const accessKey = env[accessName];
    const secretKey = env[secretName];
    if (accessKey && secretKey)
      return { accessKey, secretKey, ...(env[tokenName] && { securityToken: env[tokenName] }) };
    if (accessKey || secretKey) {
      const [there, missing] = accessKey ? [accessName, secretName] : [secretName, accessName];
      throw new CredentialsError(`fromEnv: ${there} is set and ${missing} is not; set both, or neither`);
    }
  }
  for (const name of tokenVariables) {
    const token = env[name];
    if (token) return { token };
  }
  const names = keyVariables.map(([accessName, secretName]) => `${accessName} and ${secretName}`);
  throw new CredentialsError(
    `fromEnv: no credentials are set; set ${names.join(", ")}, or one of ${tokenVariables.join(", ")}`,
  );
}
