import { readFileSync } from "node:fs";
import { type ErrorCode, errors } from "@functiongraph/types/errors";
import { operations } from "@functiongraph/types/operations";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Case } from "./cases/case.ts";
import { coverage } from "./cases/coverage.ts";
import { renderCoverage, withCoverage } from "./cases/coverage-table.ts";
import { type Answer, World } from "./cases/world.ts";

const all = coverage();
let world: World;

beforeAll(async () => {
  world = await World.create();
});

afterEach(() => world.clear());

afterAll(async () => {
  const { violations } = world.emulator;
  await world.close();
  expect(violations).toEqual([]);
});

/** Makes what a case needs and sends its request. */
async function perform(id: keyof typeof operations, { setup = [], send = {} }: Case): Promise<Answer> {
  await world.have(...setup);
  return world.call(id, typeof send === "function" ? send(world) : send);
}

describe.each(all)("$id", ({ id, successes, provoked, forgotten }) => {
  it.each(successes)("answers $given", async ({ status, want, check, ...one }) => {
    const answer = await perform(id, one);
    expect({ status: answer.status, body: answer.body }).toMatchObject({
      status: status ?? operations[id].successStatus,
      ...(want !== undefined && { body: want }),
    });
    await check?.(world, answer);
  });

  it("succeeds", () => {
    expect(successes).not.toEqual([]);
  });

  it.each([...provoked].flatMap(([code, cases]) => cases.map((one) => ({ code, one, given: one.given }))))(
    "answers $code to $given",
    async ({ code, one }) => {
      const answer = await perform(id, one);
      const iam = /^\d+$/.test(code);
      const want = iam
        ? { status: Number(code), code: undefined }
        : { status: errors[code as ErrorCode].status, code }; // the tables have no other keys
      expect({ status: answer.status, code: answer.code, body: answer.body }).toEqual({
        ...want,
        body: expect.any(Object),
      });
    },
  );

  it("has each documented error provoked or explained", () => {
    expect(forgotten).toEqual([]);
  });
});

describe("the README", () => {
  it("has the table of operations as the cases have it (npx tsx test/emulator/write-coverage.ts)", () => {
    const readme = readFileSync(new URL("../../packages/emulator/README.md", import.meta.url), "utf8");
    expect(withCoverage(readme, renderCoverage(all))).toBe(readme);
  });
});
