import { withProperties, withSchema } from "../../test/documents.js";
import { ruleTests } from "../../test/rule-tests.js";

const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
const member = (type: unknown): unknown => ({ type: "object", required: ["type"], properties: { type } });
const Cat = member({ const: "CAT" });
const Dog = member({ const: "DOG" });
const Any = member({ type: "string" });
const Other = member({ type: "string", not: { enum: ["CAT", "DOG"] } });
const mapping = { CAT: "#/components/schemas/Cat", DOG: "#/components/schemas/Dog" };
const discriminator = { propertyName: "type", mapping };

ruleTests("no-inline-union", [
  {
    name: "a named oneOf with a full mapping and consts passes",
    given: withSchema({ oneOf: [ref("Cat"), ref("Dog")], discriminator }, { Cat, Dog }),
    want: [],
  },
  {
    name: "a member for all other values passes when it excludes the mapped ones",
    given: withSchema({ oneOf: [ref("Cat"), ref("Dog"), ref("Other")], discriminator }, { Cat, Dog, Other }),
    want: [],
  },
  {
    name: "members of different types pass",
    given: withSchema({ oneOf: [{ type: "string" }, { type: "integer" }] }),
    want: [],
  },
  {
    name: "a union of objects beside an array passes",
    given: withSchema(
      { oneOf: [ref("Pet"), { type: "array" }] },
      { Pet: { oneOf: [ref("Cat"), ref("Dog")], discriminator }, Cat, Dog },
    ),
    want: [],
  },
  {
    name: "a named anyOf passes",
    given: withSchema({ anyOf: [ref("Cat"), ref("Any")] }, { Cat, Any }),
    want: [],
  },
  {
    name: "a reference or null passes inline",
    given: withProperties({ a: { anyOf: [ref("Cat"), { type: "null" }] } }, { Cat }),
    want: [],
  },
  {
    name: "an open enum passes inline",
    given: withProperties({
      a: { anyOf: [{ type: "string", enum: ["a"] }, { type: "string" }], "x-fg-open-enum": true },
    }),
    want: [],
  },
  {
    name: "an inline union is reported",
    given: withProperties({ a: { anyOf: [ref("Cat"), ref("Dog")] } }, { Cat, Dog }),
    want: ["The anyOf stands inline; give the union a schema file of its own and reference it."],
  },
  {
    name: "a oneOf that nothing tells apart is reported",
    given: withSchema({ oneOf: [ref("Cat"), ref("Dog")] }, { Cat, Dog }),
    want: [
      "Nothing tells the members of the oneOf apart; add a discriminator with a mapping, or give each member a type of its own.",
    ],
  },
  {
    name: "a member outside the mapping is reported",
    given: withSchema({ oneOf: [ref("Cat"), ref("Dog"), ref("Any")], discriminator }, { Cat, Dog, Any }),
    want: [
      "The mapping does not name #/components/schemas/Any; add it, or let the member exclude the mapped values with `not`.",
    ],
  },
  {
    name: "a mapped member without its const is reported",
    given: withSchema({ oneOf: [ref("Cat"), ref("Dog")], discriminator }, { Cat, Dog: Any }),
    want: [
      "#/components/schemas/Dog is mapped to `DOG`, but its type has no such const; add it and require the property.",
    ],
  },
]);
