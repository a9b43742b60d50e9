import { type CasesOf, cannot } from "./case.ts";
import { exampleBody, exampleNames } from "./examples.ts";
import { noOutage } from "./reasons.ts";

const { auth } = exampleBody("createToken", "project");
const credentials = auth as { identity: { methods: string[]; password: { user: Record<string, unknown> } } }; // as the example has it
const user = (changes: Readonly<Record<string, unknown>>) => ({
  ...credentials.identity,
  password: { user: { ...credentials.identity.password.user, ...changes } },
});
const scoped = (scope: unknown) => ({
  body: { auth: { identity: credentials.identity, scope } },
  token: null,
});

/** Tokens and projects. IAM has no codes, so the statuses stand here. */
export const iam: CasesOf<"createToken" | "listProjects"> = {
  createToken: {
    successes: [
      {
        given: "the example project",
        send: { body: { auth }, token: null },
        want: { token: { user: { name: "ada" } } },
      },
      ...exampleNames("createToken").map((name) => ({
        given: `the example ${name}, without a catalog`,
        send: { body: exampleBody("createToken", name), query: { nocatalog: "true" }, token: null },
      })),
    ],
    refusals: {
      "400": [
        { given: "a body that is not JSON", send: { rawBody: "{", token: null } },
        { given: "a body without a user", send: { body: { auth: {} }, token: null } },
        {
          given: "another method than a password",
          send: {
            body: { auth: { identity: { ...credentials.identity, methods: ["token"] } } },
            token: null,
          },
        },
      ],
      "401": [
        {
          given: "a wrong password",
          send: { body: { auth: { identity: user({ password: "wrong" }) } }, token: null },
        },
        {
          given: "an unknown user",
          send: { body: { auth: { identity: user({ name: "nobody" }) } }, token: null },
        },
      ],
      "403": {
        given: "a project that the user has not",
        send: scoped({ project: { name: "eu-de_closed" } }),
      },
      "404": { given: "a project that there is not", send: scoped({ project: { name: "eu-de_nowhere" } }) },
      "500": noOutage,
      "503": noOutage,
    },
  },
  listProjects: {
    successes: [
      { given: "all projects of the user", want: { projects: [{ name: "eu-de" }, { name: "eu-de_other" }] } },
      {
        given: "the project of a region",
        send: { query: { name: "eu-de" } },
        want: { projects: [{ name: "eu-de" }] },
      },
      { given: "a name that no project has", send: { query: { name: "eu-nl" } }, want: { projects: [] } },
      {
        given: "a page",
        send: { query: { page: "2", per_page: "1" } },
        want: { projects: [{ name: "eu-de_other" }] },
      },
    ],
    refusals: {
      "400": [
        { given: "a page without its size", send: { query: { page: "1" } } },
        { given: "a size of 0", send: { query: { page: "1", per_page: "0" } } },
      ],
      "401": [
        { given: "no token", send: { token: null } },
        { given: "a token that is none", send: { token: "EXAMPLE-TOKEN" } },
      ],
      "403": cannot("There are no roles: every user may see the projects that are theirs."),
      "404": {
        given: "an account that there is not",
        send: { query: { domain_id: "ffffffffffffffffffffffffffffffff" } },
      },
      "500": noOutage,
      "503": noOutage,
    },
  },
};
