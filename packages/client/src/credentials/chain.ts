import { CredentialsError } from "../errors/credentials-error.ts";
import { ValidationError } from "../errors/validation-error.ts";
import type { CredentialsProvider } from "./credentials.ts";

/** Asks one provider after the other and takes the first answer; when none has an answer, the error says what each of them said. */
export function chain(...providers: readonly CredentialsProvider[]): CredentialsProvider {
  if (providers.length === 0) throw new ValidationError("providers", "there is none; pass at least one");
  return async (context) => {
    const failures: unknown[] = [];
    for (const provider of providers) {
      try {
        return await provider(context);
      } catch (failure) {
        context?.signal?.throwIfAborted();
        failures.push(failure);
      }
    }
    // Other errors than our own may quote what they stumbled over.
    const said = failures.map((failure) =>
      failure instanceof CredentialsError ? failure.message : `a provider failed (${nameOf(failure)})`,
    );
    throw new CredentialsError(`chain: no provider has credentials:\n- ${said.join("\n- ")}`, {
      cause: new AggregateError(failures),
    });
  };
}

function nameOf(failure: unknown): string {
  return failure instanceof Error ? failure.name : typeof failure;
}
