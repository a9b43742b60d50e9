import { SafeError } from "./safe-error.ts";

/** No credentials could be had; the message says from where, and `cause` why. */
export class CredentialsError extends SafeError {
  override readonly name = "CredentialsError";
}
