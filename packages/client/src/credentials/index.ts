export { chain } from "./chain.ts";
export type {
  AccessKeyCredentials,
  Credentials,
  CredentialsContext,
  CredentialsProvider,
  TokenCredentials,
} from "./credentials.ts";
export { type FromCloudsYamlOptions, fromCloudsYaml } from "./from-clouds-yaml.ts";
export { type FromEnvOptions, fromEnv } from "./from-env.ts";
export { type FunctionContext, fromFunctionContext } from "./from-function-context.ts";
export { type FromMetadataOptions, fromMetadata } from "./from-metadata.ts";
export { type FromPasswordOptions, fromPassword } from "./from-password.ts";
export { type FromProfileOptions, fromProfile } from "./from-profile.ts";
