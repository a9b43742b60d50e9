import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunningFunctions } from "./running-functions.ts";

const told = "exports.handler = async (event, context) => context.getVersion() + ',' + context.getAlias();\n";
let functions: RunningFunctions;

beforeAll(async () => {
  functions = await RunningFunctions.start();
});

afterAll(async () => {
  await functions.close();
  expect(functions.emulator.violations).toEqual([]);
});

/** A function with the versions v1 and v2, and the alias prod, whose main version is v1. @returns URN of the alias */
async function withAlias(running: RunningFunctions, name: string, split: object): Promise<string> {
  const function_urn = await running.create(name, told);
  const path = { function_urn };
  await running.fg.createFunctionVersion({ path, body: { version: "v1" } });
  await running.changeCode(function_urn, `// Changed.\n${told}`);
  await running.fg.createFunctionVersion({ path, body: { version: "v2" } });
  await running.fg.createVersionAlias({ path, body: { name: "prod", version: "v1", ...split } });
  return `${function_urn}:!prod`;
}

describe("versions and aliases", () => {
  it("are what calls name", async () => {
    const prod = await withAlias(functions, "named", {});
    const urn = prod.replace(":!prod", "");
    const named = [urn, `${urn}:latest`, `${urn}:v1`, `${urn}:v2`, prod, "named", "default:named"];
    const seen = await Promise.all(named.map((each) => functions.call(each)));
    expect(seen).toEqual(["latest,", "latest,", "v1,", "v2,", "v1,prod", "latest,", "latest,"]);
  });

  it("get their share of the calls of an alias, the same ones with the same seed", {
    timeout: 40_000,
  }, async () => {
    const runs = [];
    for (const seed of [7, 7, 8]) {
      const seeded = await RunningFunctions.start({ seed });
      const prod = await withAlias(seeded, "shared", { additional_version_weights: { v2: 30 } });
      const versions: string[] = [];
      for (let i = 0; i < 100; i += 1) versions.push(await seeded.call(prod));
      runs.push(versions);
      await seeded.close();
    }
    const [first, again, other] = runs;
    expect(new Set(first)).toEqual(new Set(["v1,prod", "v2,prod"]));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    const shares = runs.map((versions) => versions.filter((version) => version === "v2,prod").length);
    for (const share of shares) {
      // Four deviations about 30 of 100.
      expect(share).toBeGreaterThan(11);
      expect(share).toBeLessThan(49);
    }
  });

  it("all get none or all of the calls at the ends of the scale", async () => {
    const prod = await withAlias(functions, "ends", { additional_version_weights: { v2: 0 } });
    const path = { function_urn: prod.replace(":!prod", ""), alias_name: "prod" };
    const ten = async (): Promise<Set<string>> =>
      new Set(await Promise.all(Array.from({ length: 10 }, () => functions.call(prod))));
    expect(await ten()).toEqual(new Set(["v1,prod"]));
    await functions.fg.updateVersionAlias({
      path,
      body: { version: "v1", additional_version_weights: { v2: 100 } },
    });
    expect(await ten()).toEqual(new Set(["v2,prod"]));
  });

  const tenant = { rule_type: "Header", param: "X-Tenant", op: "=", value: "beta" } as const;
  const region = { rule_type: "Header", param: "x-place", op: "in", value: "eu-de, eu-nl" } as const;
  it.each([
    { given: "one rule that is met", rules: [tenant], headers: { "x-tenant": "beta" }, want: "v2" },
    { given: "a name in capitals", rules: [tenant], headers: { "X-TENANT": "beta" }, want: "v2" },
    { given: "another value", rules: [tenant], headers: { "X-Tenant": "BETA" }, want: "v1" },
    { given: "no header", rules: [tenant], headers: {}, want: "v1" },
    { given: "a value of a list", rules: [region], headers: { "X-Place": "eu-nl" }, want: "v2" },
    { given: "a value that is none of a list", rules: [region], headers: { "X-Place": "eu" }, want: "v1" },
    { given: "one of two rules", rules: [tenant, region], headers: { "X-Tenant": "beta" }, want: "v1" },
    {
      given: "one of two rules, of which any counts",
      combine: "or",
      rules: [tenant, region],
      headers: { "X-Tenant": "beta" },
      want: "v2",
    },
    {
      given: "both of two rules",
      rules: [tenant, region],
      headers: { "X-Tenant": "beta", "X-Place": "eu-de" },
      want: "v2",
    },
  ] as const)("are chosen by $given: $want", async ({ given, rules, headers, want, ...rest }) => {
    const combine_type = "combine" in rest ? rest.combine : "and";
    const name = `rules-${given.replaceAll(/\W+/g, "-")}`;
    const prod = await withAlias(functions, name, {
      additional_version_strategy: { v2: { combine_type, rules } },
    });
    expect(await functions.call(prod, {}, headers)).toBe(`${want},prod`);
  });

  it("stay as they were published when the function changes", async () => {
    const urn = await functions.create("published", "exports.handler = async () => 'first';\n");
    await functions.fg.createFunctionVersion({ path: { function_urn: urn }, body: { version: "v1" } });
    expect(await functions.call(`${urn}:v1`)).toBe("first");
    await functions.changeCode(urn, "exports.handler = async () => 'second';\n");
    expect([await functions.call(urn), await functions.call(`${urn}:v1`)]).toEqual(["second", "first"]);
  });
});

describe("a function that changes", () => {
  it("runs its new code at the next call, while one under way ends with the old", async () => {
    const gate = await openGate();
    const code = (word: string) =>
      `exports.handler = async ({ wait }) => { if (wait) await fetch(wait); return "${word}"; };\n`;
    const urn = await functions.create("changing", code("old"));
    expect(await functions.call(urn)).toBe("old");
    const running = functions.call(urn, { wait: gate.url });
    await gate.reached;
    await functions.changeCode(urn, code("new"));
    expect(await functions.call(urn)).toBe("new");
    gate.open();
    expect(await running).toBe("old");
    expect(await functions.call(urn)).toBe("new");
    await gate.close();
  });

  it("has its new configuration at the next call", async () => {
    const code =
      "exports.handler = async (event, context) => context.getUserData('WORD') + ' ' + process.env.WORD;\n";
    const urn = await functions.create("configured", code, { user_data: '{"WORD":"one"}' });
    expect(await functions.call(urn)).toBe("one one");
    await functions.configure(urn, { user_data: '{"WORD":"two"}' });
    expect(await functions.call(urn)).toBe("two two");
    await functions.configure(urn, { user_data: "{}", encrypted_user_data: '{"WORD":"secret"}' });
    expect(await functions.call(urn)).toBe("secret secret");
  });

  it("is gone at once when it is deleted, also for those that know its instances", async () => {
    const urn = await functions.create("deleted", "exports.handler = async () => 'here';\n");
    expect(await functions.call(urn)).toBe("here");
    await functions.fg.deleteFunction({ path: { function_urn: urn } });
    expect(await functions.failure(urn)).toBe("FSS.1051");
    await functions.create("deleted", "exports.handler = async () => 'again';\n");
    expect(await functions.call(urn)).toBe("again");
  });
});

/** A server whose answer waits until it is opened, for calls that have to be under way while something else happens. */
async function openGate(): Promise<{
  readonly url: string;
  readonly reached: Promise<void>;
  open(): void;
  close(): Promise<void>;
}> {
  let waiting: ServerResponse | undefined;
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const server = createServer((_request, response) => {
    waiting = response;
    reach();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    reached,
    open: () => waiting?.end("open"),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
