import { expect, test } from "vitest";
import type { Behaviour } from "../support/gateway.ts";
import type { RawRequest } from "../support/verify-signature.ts";
import { withGateway } from "../support/with-gateway.ts";

/** Seven functions, two on a page, and a next position on the last page, too. */
function sevenFunctions({ target }: RawRequest): Behaviour {
  const { searchParams } = new URL(target, "http://h");
  const marker = Number(searchParams.get("marker") ?? 0);
  const names = ["a", "b", "c", "d", "e", "f", "g"].slice(marker, marker + 2);
  return {
    body: {
      functions: names.map((func_name) => ({ func_name })),
      next_marker: marker + names.length,
      count: 7,
    },
  };
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

test("items gives every item of every page once", async () => {
  const { fg, gateway } = await withGateway(sevenFunctions);
  const names: (string | undefined)[] = [];
  for await (const { func_name } of fg.listFunctions.items({ query: { maxitems: "2" } }))
    names.push(func_name);
  expect(names.join("")).toBe("abcdefg");
  expect(gateway.received.map(({ target }) => target.split("?")[1])).toEqual([
    "maxitems=2",
    "maxitems=2&marker=2",
    "maxitems=2&marker=4",
    "maxitems=2&marker=6",
    "maxitems=2&marker=7",
  ]);
});

test("a walk begins where the arguments say, and ends after its limit without asking for more", async () => {
  const { fg, gateway } = await withGateway(sevenFunctions);
  const found = await collect(fg.listFunctions.items({ query: { marker: "1" } }, { limit: 2 }));
  expect(found.map(({ func_name }) => func_name)).toEqual(["b", "c"]);
  expect(gateway.received).toHaveLength(1);
  expect(await collect(fg.listFunctions.items({}, { limit: 0 }))).toEqual([]);
  expect(gateway.received).toHaveLength(1);
});

test("pages gives the answers, as many as asked for", async () => {
  const { fg } = await withGateway(sevenFunctions);
  const found = await collect(fg.listFunctions.pages(undefined, { limit: 3 }));
  expect(found.map(({ next_marker }) => next_marker)).toEqual([2, 4, 6]);
});

test("leaving the loop ends the walk", async () => {
  const { fg, gateway } = await withGateway(sevenFunctions);
  for await (const _ of fg.listFunctions.items()) break;
  expect(gateway.received).toHaveLength(1);
});

test("a signal ends the walk between pages", async () => {
  const { fg, gateway } = await withGateway(sevenFunctions);
  const controller = new AbortController();
  const walk = async (): Promise<void> => {
    for await (const _ of fg.listFunctions.pages({}, { signal: controller.signal })) controller.abort();
  };
  await expect(walk()).rejects.toMatchObject({ name: "AbortError" });
  expect(gateway.received).toHaveLength(1);
});

test("a position that does not move ends the walk", async () => {
  const { fg, gateway } = await withGateway([{ body: { functions: [{}], next_marker: 1 } }]);
  expect(await collect(fg.listFunctions.pages())).toHaveLength(2);
  expect(gateway.received).toHaveLength(2);
});

test.each([undefined, null, ""])("a next position of %j ends the walk", async (next_marker) => {
  const { fg } = await withGateway([{ body: { functions: [{}], next_marker } }]);
  expect(await collect(fg.listFunctions.items())).toHaveLength(1);
});

test("a position deeper in the answer is found", async () => {
  const { fg, gateway } = await withGateway((_, index) => ({
    body: { reservedinstances: index < 2 ? [{}] : [], page_info: { next_marker: index + 1 } },
  }));
  expect(await collect(fg.listFunctionReservedInstances.items())).toHaveLength(2);
  expect(gateway.received).toHaveLength(3);
});

test("an offset in the body moves by what came", async () => {
  const { fg, gateway } = await withGateway((_, index) => ({
    body: { resources: index < 2 ? [{}, {}] : [] },
  }));
  const path = { resource_type: "functions", action: "filter" } as const;
  expect(await collect(fg.showResInstanceInfo.items({ path, body: { limit: "2" } }))).toHaveLength(4);
  expect(gateway.received.map(({ body }) => JSON.parse(body.toString()).offset)).toEqual([
    undefined,
    "2",
    "4",
  ]);
});

test("lists that come whole have items, too: at the root or deeper", async () => {
  const { fg, gateway } = await withGateway([
    { body: [{ name: "prod" }] },
    { body: { quotas: { resources: [{ type: "a" }, { type: "b" }] } } },
  ]);
  const [alias] = await collect(fg.listVersionAliases.items({ path: { function_urn: "hello" } }));
  expect(alias?.name).toBe("prod");
  expect(await collect(fg.listQuotas.items())).toHaveLength(2);
  expect(gateway.received).toHaveLength(2);
});

test("only lists have them", async () => {
  const { fg } = await withGateway([]);
  expect(fg.createFunction).not.toHaveProperty("items");
  // @ts-expect-error no list
  expect(fg.createFunction.items).toBeUndefined();
});
