import { expect, test } from "vitest";
import { ValidationError } from "../../src/index.ts";
import type { Behaviour } from "../support/gateway.ts";
import { withGateway } from "../support/with-gateway.ts";

const unknown = { projectId: undefined, region: "eu-de" };
const projects = (...names: string[]): Behaviour => ({
  body: { projects: names.map((name, index) => ({ id: `id-${index}`, name })) },
});

test("the project of the region is looked for once, for all calls, and none is made", async () => {
  const { fg, gateway } = await withGateway([projects("eu-de_orders", "eu-de"), {}], unknown);
  await Promise.all([
    fg.listFunctions(),
    fg.listQuotas(),
    fg.createFunctionVersion({ path: { function_urn: "hello" }, body: {} }),
  ]);
  await fg.listFunctions();
  const targets = gateway.received.map(({ method, target }) => `${method} ${target}`);
  expect(targets[0]).toBe("GET /v3/projects?name=eu-de");
  expect(targets.filter((target) => target.includes("/v3/"))).toHaveLength(1);
  expect(targets).toContain("GET /v2/id-1/fgs/functions");
  expect(gateway.received.at(-1)?.headers["x-project-id"]).toBe("id-1");
});

test("without a region the only project is it", async () => {
  const { fg, gateway } = await withGateway([projects("anything"), {}], { projectId: undefined });
  await fg.listFunctions();
  expect(gateway.received.map(({ target }) => target)).toEqual(["/v3/projects", "/v2/id-0/fgs/functions"]);
});

test.each([
  ["none", projects(), "0 projects named eu-de"],
  ["two of one name", projects("eu-de", "eu-de"), "2 projects named eu-de"],
  ["only sub-projects", projects("eu-de_a"), "0 projects named eu-de"],
])(
  "%s is an error that says what to do, and the next call looks again",
  async (_what, behaviour, message) => {
    const { fg, gateway } = await withGateway([behaviour, projects("eu-de"), {}], unknown);
    await expect(fg.listFunctions()).rejects.toThrow(ValidationError);
    await fg.listFunctions();
    expect(gateway.received).toHaveLength(3);
    const { fg: other } = await withGateway([behaviour], unknown);
    await expect(other.listFunctions()).rejects.toThrow(message);
  },
);

test("a call may name another project", async () => {
  const { fg, gateway } = await withGateway([{}]);
  await fg.listFunctions({ path: { project_id: "another" } });
  expect(gateway.received[0]?.target).toBe("/v2/another/fgs/functions");
  expect(gateway.received[0]?.headers["x-project-id"]).toBe("another");
});

test("IAM has an address of its own where one is given", async () => {
  const { fg: iam, gateway } = await withGateway([projects("eu-de")]);
  expect(iam).toBeDefined();
  const { fg } = await withGateway([{}], { ...unknown, iamEndpoint: gateway.url });
  await fg.listFunctions();
  expect(gateway.received.map(({ target }) => target)).toEqual(["/v3/projects?name=eu-de"]);
});
