import { describe, expect, it } from "vitest";
import { compare } from "../../scripts/lib/coverage/compare.ts";
import { conflictFindings } from "../../scripts/lib/coverage/conflicts.ts";
import { readSettled } from "../../scripts/lib/coverage/exceptions.ts";
import { readFacts } from "../../scripts/lib/coverage/facts.ts";
import { conflictLine, judge, missingLine } from "../../scripts/lib/coverage/report.ts";
import { at, dereference, type JsonObject, objectOf, operationsOf } from "../../scripts/lib/openapi.ts";
import { readBundle } from "./bundle.ts";

const facts = readFacts();
const settled = readSettled();
const missingIn = (document: JsonObject) =>
  judge(compare(document, facts), settled.exceptions).missing.map(missingLine);

describe("the description holds what the editions document", () => {
  it("has the 65 operations of the documentation and the two of IAM", () => {
    const ids = operationsOf(readBundle()).map(({ operationId }) => operationId);
    expect(facts.map(({ operationId }) => operationId).filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids).toHaveLength(67);
    expect(ids).toContain("createToken");
    expect(ids).toContain("listProjects");
  });

  it("lacks no documented parameter, field, enum value, status or bound without a reason", () => {
    expect(missingIn(readBundle())).toEqual([]);
  });

  it("keeps no exception that excuses nothing", () => {
    expect(judge(compare(readBundle(), facts), settled.exceptions).superfluous).toEqual([]);
  });

  it("settles every conflict of types and of what is required, and follows the settlement", () => {
    const open = conflictFindings(readBundle(), facts, settled.conflicts).filter(({ problem }) => problem);
    expect(open.map(conflictLine)).toEqual([]);
  });

  it("gives every exception and settlement a reason", () => {
    for (const { reason } of [...settled.exceptions, ...settled.conflicts])
      expect(reason.length).toBeGreaterThan(15);
  });
});

describe("coverage notices what is taken away", () => {
  const faults: {
    readonly name: string;
    readonly plant: (document: JsonObject) => void;
    readonly names: RegExp;
  }[] = [
    {
      name: "an operation",
      plant: (document) => delete objectOf(at(document, "#/paths/~1v2~1{project_id}~1fgs~1quotas")).get,
      names: /listQuotas: operation/,
    },
    {
      name: "a query parameter",
      plant: (document) => withoutParameter(document, "listFunctions", "maxitems"),
      names: /listFunctions: query maxitems/,
    },
    {
      name: "a field",
      plant: (document) => delete objectOf(at(document, "#/components/schemas/Quota/properties")).used,
      names: /listQuotas: response quotas\.resources\[\]\.used/,
    },
    {
      name: "an enum value",
      plant: (document) =>
        (at(document, "#/components/schemas/QuotaType/anyOf/0/enum") as unknown[]).splice(0, 1),
      names: /listQuotas: response quotas\.resources\[\]\.type fgs_func_scale_down_timeout \(enum values/,
    },
    {
      name: "a status",
      plant: (document) => delete objectOf(operation(document, "listQuotas").responses)["401"],
      names: /listQuotas: status 401/,
    },
    {
      name: "a bound",
      plant: (document) => {
        const schema = objectOf(
          at(
            document,
            "#/components/schemas/UpdateFunctionAsyncInvokeConfigRequest/properties/max_async_event_age_in_seconds",
          ),
        );
        const target = dereference(document, schema);
        for (const key of Object.keys(schema)) delete schema[key];
        Object.assign(schema, target, { maximum: 5, description: "" });
      },
      names: /max_async_event_age_in_seconds maximum 86400/,
    },
  ];

  it.each(faults)("$name", ({ plant, names }) => {
    const document = readBundle();
    plant(document);
    expect(missingIn(document).join("\n")).toMatch(names);
  });

  it("a type that contradicts its settlement", () => {
    const conflicts = settled.conflicts.map((conflict) =>
      conflict.kind === "type" ? { ...conflict, decision: "null" } : conflict,
    );
    expect(
      conflictFindings(readBundle(), facts, conflicts).some(({ problem }) =>
        problem?.startsWith("settled as null"),
      ),
    ).toBe(true);
  });
});

function operation(document: JsonObject, operationId: string): JsonObject {
  const entry = operationsOf(document).find((candidate) => candidate.operationId === operationId);
  if (!entry) throw new Error(`no operation ${operationId}`);
  return entry.operation;
}

function withoutParameter(document: JsonObject, operationId: string, name: string): void {
  const target = operation(document, operationId);
  target.parameters = (target.parameters as JsonObject[]).filter(
    (parameter) => dereference(document, parameter).name !== name,
  );
}
