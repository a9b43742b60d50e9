import { CredentialsError } from "../errors/credentials-error.ts";
import type { CredentialsProvider } from "./credentials.ts";

/** What is used of the context that a function of the Node.js runtimes gets as its second argument. */
export interface FunctionContext {
  getSecurityAccessKey?(): string;
  getSecuritySecretKey?(): string;
  getSecurityToken?(): string;
  getToken?(): string;
}

/**
 * Takes the temporary key, or else the token, of the agency that a function runs under.
 *
 * A context belongs to one request, and so should the client made with it: the platform renews the key between requests.
 */
export function fromFunctionContext(context: FunctionContext): CredentialsProvider {
  return async () => {
    const accessKey = context.getSecurityAccessKey?.();
    const secretKey = context.getSecuritySecretKey?.();
    const securityToken = context.getSecurityToken?.();
    if (accessKey && secretKey && securityToken) return { accessKey, secretKey, securityToken };
    const token = context.getToken?.();
    if (token) return { token };
    throw new CredentialsError(
      "fromFunctionContext: the function has no credentials; set an agency in its configuration (xrole)",
    );
  };
}
