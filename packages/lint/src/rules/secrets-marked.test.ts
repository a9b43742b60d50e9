import { json, withOperation, withProperties } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const string = { type: "string" };
const secret = { type: "string", "x-fg-secret": true };
const unmarked = (what: string): string =>
  `${what} holds a secret but is not marked, so tools may print it; add \`x-fg-secret: true\`.`;
const real = (name: string): string =>
  `The example of ${name} could be a real secret; write a value that contains \`example\`, or a mask such as \`******\`.`;
const body = (value: unknown): unknown =>
  withOperation({ requestBody: json({}, { examples: { a: { value } } }) });

ruleTests("secrets-marked", [
  { name: "a marked password passes", given: withProperties({ db_password: secret }), want: [] },
  {
    name: "a mark on the referenced schema passes",
    given: withProperties({ password: { $ref: "#/components/schemas/Password" } }, { Password: secret }),
    want: [],
  },
  {
    name: "a name that only resembles one passes",
    given: withProperties({ code_encrypt_kms_key_id: string, token_type: string }),
    want: [],
  },
  { name: "an object called token passes", given: withProperties({ token: { type: "object" } }), want: [] },
  {
    name: "plainly fake values pass",
    given: body({ password: "example-password", nested: [{ secret_key: "******" }] }),
    want: [],
  },
  {
    name: "an unmarked password is reported",
    given: withProperties({ kafka_password: string }),
    want: [unmarked("Property kafka_password")],
  },
  {
    name: "an unmarked secret key is reported",
    given: withProperties({ tracing_sk: string }),
    want: [unmarked("Property tracing_sk")],
  },
  {
    name: "an unmarked key of an event is reported",
    given: withProperties({ securityToken: string }),
    want: [unmarked("Property securityToken")],
  },
  {
    name: "an unmarked header is reported",
    given: withOperation({
      responses: { "201": { description: "Made.", headers: { "X-Subject-Token": { schema: string } } } },
    }),
    want: [unmarked("Header X-Subject-Token")],
  },
  {
    name: "a value that could be real is reported, however deep",
    given: body({ nested: [{ secret_key: "wJalrXUtnFEMI" }] }),
    want: [real("secret_key")],
  },
  {
    name: "a value in JSON within a string is reported",
    given: body({ user_data: '{"password":"Tr0ub4dor"}' }),
    want: [real("password")],
  },
  {
    name: "the example of a parameter is reported",
    given: withOperation({
      parameters: [{ name: "X-Auth-Token", in: "header", schema: secret, example: "MIIabc" }],
    }),
    want: [real("X-Auth-Token")],
  },
]);
