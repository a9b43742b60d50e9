import { json, withOperation } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const catalogue = {
  codes: {
    "FSS.0400": {
      status: 400,
      message: "Invalid parameter.",
      wireMessages: ["invalid parameter"],
      common: true,
    },
    "FSS.1051": { status: 404, message: "Function not found." },
    "FGS.0111": { status: null, message: null, common: true },
  },
  gateway: { "APIG.0301": { status: 401, message: "Incorrect IAM authentication information." } },
};

function shows(status: string, value: unknown, codes: readonly string[] = []): unknown {
  const failure = { description: "Wrong.", ...json({}, { examples: { wrong: { value } } }) };
  return withOperation({
    responses: { "200": { description: "Fine." }, [status]: failure },
    "x-fg-errors": codes,
  });
}
const error = (code: string, message: string): unknown => ({ error_code: code, error_msg: message });

ruleTests(
  "error-example-from-catalogue",
  [
    {
      name: "a common code with its message passes",
      given: shows("400", error("FSS.0400", "Invalid parameter.")),
      want: [],
    },
    {
      name: "a message as seen on the wire passes",
      given: shows("400", error("FSS.0400", "invalid parameter")),
      want: [],
    },
    {
      name: "a code that the operation names passes",
      given: shows("404", error("FSS.1051", "Function not found."), ["FSS.1051"]),
      want: [],
    },
    {
      name: "a code of the gateway passes",
      given: shows("401", error("APIG.0301", "Incorrect IAM authentication information.")),
      want: [],
    },
    {
      name: "a code of unknown status and message passes anywhere",
      given: shows("409", error("FGS.0111", "x")),
      want: [],
    },
    {
      name: "default takes any status",
      given: shows("default", error("FSS.0400", "Invalid parameter.")),
      want: [],
    },
    {
      name: "a body without error_code is left alone",
      given: shows("400", { error: { code: 400 } }),
      want: [],
    },
    {
      name: "an unknown code is reported",
      given: shows("400", error("FSS.9999", "x")),
      want: [
        "listThings shows FSS.9999 for 400, which errors/catalogue.yaml does not have; use one of its codes.",
      ],
    },
    {
      name: "the wrong status is reported",
      given: shows("404", error("FSS.0400", "Invalid parameter.")),
      want: [
        "listThings shows FSS.0400 for 404, but the catalogue says 400; move the example or choose another code.",
      ],
    },
    {
      name: "another message is reported",
      given: shows("400", error("FSS.0400", "Nope")),
      want: [
        'The message of FSS.0400 is "Nope"; the catalogue says "Invalid parameter." or "invalid parameter".',
      ],
    },
    {
      name: "a specific code that the operation does not name is reported",
      given: shows("404", error("FSS.1051", "Function not found.")),
      want: [
        "listThings shows FSS.1051 for 404, but does not name it; add it to x-fg-errors or show a code that the operation can return.",
      ],
    },
    {
      name: "an unknown code in x-fg-errors is reported",
      given: withOperation({ "x-fg-errors": ["FSS.9998"] }),
      want: [
        "x-fg-errors names FSS.9998, which errors/catalogue.yaml does not have; correct the code or add it there.",
      ],
    },
  ],
  { "errors/catalogue.yaml": catalogue },
);
