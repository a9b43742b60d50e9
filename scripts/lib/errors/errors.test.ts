import { describe, expect, it } from "vitest";
import { UserError } from "../user-error.ts";
import { type Catalogue, type CatalogueEntry, withOperations } from "./catalogue.ts";
import { catalogueText, errorExample } from "./synchronise.ts";

const entry = (more: Partial<CatalogueEntry>): CatalogueEntry => ({
  status: 404,
  message: "Gone.",
  editions: [],
  cause: "",
  remedy: "",
  operations: [],
  ...more,
});
const catalogue: Catalogue = {
  codes: { "FSS.0500": entry({ common: true }), "FSS.1051": entry({ wireMessages: ["Not found"] }) },
  gateway: {},
};
const document = (codes: string[]) => ({
  paths: {
    "/v2/a": {
      get: { operationId: "showA", "x-fg-errors": codes },
      put: { operationId: "updateA", "x-fg-errors": [] },
    },
    "/v3/b": { get: { operationId: "listB", "x-fg-errors": [] } },
  },
});

describe("withOperations", () => {
  it("gives a code the operations that name it, and a common one all of the service", () => {
    const { codes } = withOperations(catalogue, document(["FSS.1051"]));
    expect(codes["FSS.1051"]?.operations).toEqual(["showA"]);
    expect(codes["FSS.0500"]?.operations).toEqual(["showA", "updateA"]);
  });

  it("refuses a code that the catalogue lacks, naming operation, code and file", () => {
    const build = () => withOperations(catalogue, document(["FSS.9999"]));
    expect(build).toThrow(UserError);
    expect(build).toThrow(/showA.+FSS\.9999.+catalogue\.yaml/);
  });
});

describe("catalogueText", () => {
  it("changes the operations of each code and nothing else", () => {
    const text =
      "codes:\n  FSS.0500:\n    common: true\n    operations: []\n  FSS.1051:\n    status: 404 # stays\n    operations: [old]\n";
    expect(catalogueText(text, withOperations(catalogue, document(["FSS.1051"])))).toBe(
      text.replace("[old]", "[showA]"),
    );
  });
});

describe("errorExample", () => {
  it.each([
    ["the wording seen in responses", entry({ wireMessages: ["Not found"] }), /error_msg: "Not found"/],
    ["the table's message otherwise", entry({}), /error_msg: "Gone\."/],
  ])("shows %s", (_, value, want) => {
    expect(errorExample("FSS.1051", value)).toMatch(want);
  });

  it("does not exist for a code that was never seen with a status", () => {
    expect(errorExample("FGS.0111", entry({ status: null }))).toBeUndefined();
  });
});
