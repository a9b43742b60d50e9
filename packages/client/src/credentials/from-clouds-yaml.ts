import type { Clock } from "../clock.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import type { CredentialsProvider } from "./credentials.ts";
import { fieldAt } from "./field-at.ts";
import { fromPassword } from "./from-password.ts";
import { hostProcess } from "./host-process.ts";
import { textAt } from "./text-at.ts";

/** Settings of `fromCloudsYaml`, for a cloud with user name and password. */
export interface FromCloudsYamlOptions {
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Takes the credentials of one cloud from the content of a `clouds.yaml`, the configuration file of OpenStack's tools.
 *
 * `document` is the file as an object, made by the YAML parser of your choice. Without `cloud`, `OS_CLOUD` names it, or it is the
 * only one. Its `auth` holds an access key (`ak` and `sk`, or `access_key` and `secret_key`, with `security_token` for a temporary
 * one), a `token`, or `username`, `password`, `user_domain_name`, `project_name` or `project_id`, and `auth_url`.
 */
export function fromCloudsYaml(
  document: unknown,
  cloud?: string,
  options: FromCloudsYamlOptions = {},
): CredentialsProvider {
  let found: CredentialsProvider | undefined;
  return async (context) => {
    found ??= providerOf(document, cloud, options);
    return found(context);
  };
}

function providerOf(
  document: unknown,
  cloud: string | undefined,
  options: FromCloudsYamlOptions,
): CredentialsProvider {
  const clouds = fieldAt(document, "clouds");
  if (typeof clouds !== "object" || clouds === null) {
    throw new CredentialsError(
      "fromCloudsYaml: the document has no clouds; pass the whole file as an object",
    );
  }
  const names = Object.keys(clouds);
  const name = cloud ?? (hostProcess()?.env?.OS_CLOUD || (names.length === 1 ? names[0] : undefined));
  if (name === undefined)
    throw new CredentialsError(`fromCloudsYaml: which cloud is meant? Pass one of ${names.join(", ")}`);
  if (!names.includes(name))
    throw new CredentialsError(`fromCloudsYaml: there is no cloud "${name}"; there is ${names.join(", ")}`);

  const get = (...keys: string[]): string | undefined =>
    keys.map((key) => textAt(clouds, name, "auth", key)).find(Boolean);
  const accessKey = get("ak", "access_key");
  const secretKey = get("sk", "secret_key");
  const securityToken = get("security_token");
  if (accessKey && secretKey)
    return async () => ({ accessKey, secretKey, ...(securityToken && { securityToken }) });
  const token = get("token");
  if (token) return async () => ({ token });

  const user = get("username");
  const password = get("password");
  const domain = get("user_domain_name", "domain_name");
  const project = get("project_name", "tenant_name");
  const projectId = get("project_id", "tenant_id");
  if (user && password && domain && (project || projectId)) {
    return fromPassword({
      user,
      password,
      domain,
      project,
      projectId,
      iamEndpoint: get("auth_url"),
      ...options,
    });
  }
  throw new CredentialsError(
    `fromCloudsYaml: cloud "${name}" has neither an access key, nor a token, nor user, password, domain and project; complete its auth`,
  );
}
