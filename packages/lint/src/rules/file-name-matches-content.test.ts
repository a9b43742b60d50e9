import { beforeAll, describe, expect, it } from "vitest";
import { openapi } from "../../test/documents.js";
import { lintFolder } from "../../test/lint-folder.js";

const string = { type: "string" };
const url = "/v2/{project_id}/fgs/functions/{function_urn}/lts-log-detail";

/** A small description in files, with the names as given. */
async function problemsWith(names: {
  path?: string;
  webhook?: string;
  schema?: string;
  parameter?: string;
  header?: string;
  response?: string;
  example?: string;
  error?: string;
}): Promise<readonly string[]> {
  const {
    path = "paths/logs/functions-function-urn-lts-log-detail.yaml",
    webhook = "webhooks/open-source-kafka-event.yaml",
    schema = "schemas/logs/LogDetail.yaml",
    parameter = "parameters/ShowLogAccountId.yaml",
    header = "headers/X-Request-Id.yaml",
    response = "responses/NotFound.yaml",
    example = "examples/showLogDetail/showLogDetail.200.long.yaml",
    error = "examples/errors/FSS.0404.yaml",
  } = names;
  const media = (examples: unknown): unknown => ({
    "application/json": { schema: { $ref: `../../${schema}` }, examples },
  });
  const get = {
    operationId: "showLogDetail",
    tags: ["logs"],
    parameters: [{ $ref: `../../${parameter}` }],
    responses: {
      "200": {
        description: "Fine.",
        headers: { "X-Request-Id": { $ref: `../../${header}` } },
        content: media({ long: { $ref: `../../${example}` }, wrong: { $ref: `../../${error}` } }),
      },
      "404": { $ref: `../../${response}` },
    },
  };
  const [problems] = await lintFolder({
    files: {
      "openapi.yaml": openapi({
        paths: { [url]: { $ref: path } },
        webhooks: { openSourceKafkaEvent: { $ref: webhook } },
      }),
      [path]: { get },
      [webhook]: { post: { operationId: "receiveKafka", responses: {} } },
      [schema]: string,
      [parameter]: { name: "X-Account-Id", in: "header", schema: string },
      [header]: { schema: string },
      [response]: { description: "Not found." },
      [example]: { value: "a" },
      [error]: { value: { error_code: "FSS.0404" } },
    },
    rules: { "fg/file-name-matches-content": "error" },
    documents: ["openapi.yaml"],
  });
  return (problems ?? []).map(({ message }) => message);
}

/** Wrong names, one of each kind; they do not touch each other, so one description has them all. */
const wrongNames = [
  {
    name: "a path item under another name",
    given: { path: "paths/functions/lts-log-detail.yaml" },
    want: `paths/functions/lts-log-detail.yaml holds ${url}; move it to paths/logs/functions-function-urn-lts-log-detail.yaml.`,
  },
  {
    name: "a webhook under another name",
    given: { webhook: "webhooks/kafka.yaml" },
    want: "webhooks/kafka.yaml holds openSourceKafkaEvent; move it to webhooks/open-source-kafka-event.yaml.",
  },
  {
    name: "a schema file outside PascalCase",
    given: { schema: "schemas/logs/log_detail.yaml" },
    want: "File log_detail.yaml holds a schema; name it in PascalCase, as the schema is called.",
  },
  {
    name: "a parameter under another name",
    given: { parameter: "parameters/Marker.yaml" },
    want: "File Marker.yaml holds the parameter X-Account-Id; name it AccountId.yaml, or so that it contains that.",
  },
  {
    name: "a header under another name",
    given: { header: "headers/RequestId.yaml" },
    want: "File RequestId.yaml holds the header X-Request-Id; name it X-Request-Id.yaml.",
  },
  {
    name: "a response outside PascalCase",
    given: { response: "responses/not-found.yaml" },
    want: "File not-found.yaml holds a response; name it in PascalCase.",
  },
  {
    name: "an example in the folder of no operation",
    given: { example: "examples/logs/showLogDetail.200.yaml" },
    want: "Folder examples/logs is named after no operation; name it as the operationId that the example shows.",
  },
  {
    name: "an error under another code",
    given: { error: "examples/errors/FSS.0405.yaml" },
    want: "File FSS.0405.yaml shows the error FSS.0404; name it FSS.0404.yaml.",
  },
];

describe("fg/file-name-matches-content", () => {
  it("lets pass files that are named after their content", async () => {
    expect(await problemsWith({})).toEqual([]);
  });

  it("reports an example that is not named after its place", async () => {
    const wanted =
      "showLogDetail.request.yaml or showLogDetail.<status>.yaml, with the variant after another dot";
    expect(await problemsWith({ example: "examples/showLogDetail/long.yaml" })).toEqual([
      `Example file long.yaml is not named after its place; name it ${wanted}.`,
    ]);
  });

  describe("reports", () => {
    let messages: readonly string[] = [];
    beforeAll(async () => {
      messages = await problemsWith(Object.assign({}, ...wrongNames.map(({ given }) => given)));
    });

    it.each(wrongNames)("$name", ({ want }) => {
      expect(messages).toContain(want);
    });

    it("and nothing else", () => {
      expect(messages).toHaveLength(wrongNames.length);
    });
  });
});
