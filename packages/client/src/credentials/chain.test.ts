import { expect, test } from "vitest";
import { CredentialsError } from "../errors/credentials-error.ts";
import { chain } from "./chain.ts";
import type { CredentialsProvider } from "./credentials.ts";
import { fromEnv } from "./from-env.ts";

const none: CredentialsProvider = async () => {
  throw new CredentialsError("none: nothing here");
};
const broken: CredentialsProvider = async () => {
  throw new SyntaxError("a-secret");
};

test("the first that has credentials gives them, and hears the context", async () => {
  const token: CredentialsProvider = async (context) => ({ token: String(context?.refresh) });
  const provider = chain(none, broken, token, async () => ({ token: "last" }));
  expect(await provider({ refresh: true })).toEqual({ token: "true" });
});

test("when none has keys the error says what each said, without secrets", async () => {
  const error = await chain(none, broken, fromEnv({ env: { HW_SECRET_KEY: "a-secret" } }))().catch(
    (error: unknown) => error,
  );
  expect(error).toMatchObject({
    name: "CredentialsError",
    message: [
      "chain: no provider has credentials:",
      "- none: nothing here",
      "- a provider failed (SyntaxError)",
      "- fromEnv: HW_SECRET_KEY is set and HW_ACCESS_KEY is not; set both, or neither",
    ].join("\n"),
  });
  expect(JSON.stringify(error)).not.toContain("a-secret");
});

test("a caller who gives up ends the search with the signal's reason", async () => {
  const controller = new AbortController();
  const aborting: CredentialsProvider = async () => {
    controller.abort("enough");
    throw new Error("aborted");
  };
  await expect(chain(aborting, async () => ({ token: "T" }))({ signal: controller.signal })).rejects.toBe(
    "enough",
  );
});

test("a chain of nothing is a ValidationError", () => {
  expect(() => chain()).toThrow("providers: there is none");
});
