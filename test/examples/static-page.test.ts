import { createCodePackage } from "@functiongraph/client/zip";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, launchChromium } from "../chromium.ts";
import { guideExample } from "./guide-example.ts";
import { hasPython } from "./has-python.ts";
import { type OpenExample, openExample } from "./open-example.ts";
import { type ProgramRun, runProgram } from "./run-program.ts";

const program = "page.mjs";

describe.runIf(hasPython)("the example of a web page from a function", () => {
  let alone: Promise<ProgramRun>;
  let example: OpenExample;
  /** Of the API, at the emulator. */
  let address: string;

  beforeAll(async () => {
    alone = runProgram(guideExample(program));
    example = await openExample(program, ["address"]);
    address = String(example.names.address);
  }, 60_000);

  afterAll(async () => {
    const { emulator, finish } = example;
    await finish();
    expect(emulator.violations).toEqual([]);
    await expect(fetch(address)).rejects.toThrow("fetch failed");
    await alone;
  }, 30_000);

  it("prints what the guide says, and ends by itself", { timeout: 30_000 }, async () => {
    expect(await alone).toEqual({ status: 0, output: guideExample(program).output, errors: "" });
  });

  it("is listed among the emulator's APIs", async () => {
    const { emulator, path } = example;
    const headers = { "X-Emulator-Control": "1" };
    const listed = await (await fetch(`${emulator.url}/_emulator/gateway`, { headers })).json();
    expect(listed).toEqual({
      apis: [
        expect.objectContaining({
          ...{ url: address, method: "ANY", match_mode: "SWA", auth: "NONE", invocation_type: "sync" },
          ...path,
        }),
      ],
    });
  });

  it.each(["GET", "POST", "PUT", "DELETE"])("answers %s", async (method) => {
    const response = await fetch(`${address}?name=%3Cb%3E`, { method });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=utf-8",
    ]);
    expect(await response.text()).toContain("Grüß Gott, &lt;b&gt;!");
  });

  it("is at no other address", async () => {
    const elsewhere = await fetch(address.replace(/welcome$/, "hello"));
    expect([elsewhere.status, await elsewhere.json()]).toMatchObject([404, { error_code: "APIG.0101" }]);
  });

  it.runIf(hasChromium)("is a page for a browser", { timeout: 30_000 }, async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      await page.goto(`${address}?name=Ada`);
      expect([await page.title(), await page.textContent("h1"), errors]).toEqual([
        "Greeting",
        "Grüß Gott, Ada!",
        [],
      ]);
    } finally {
      await browser.close();
    }
  });

  it("is the same from a function that returns a dict with a plain body", async () => {
    const { fg, path } = example;
    const source = `
def handler(event, context):
    return {"statusCode": 201, "headers": {"Content-Type": "text/plain"}, "body": "Grüße"}
`;
    const { base64 } = await createCodePackage({ "index.py": source });
    const body = { code_type: "inline", code_filename: "index.zip", func_code: { file: base64 } } as const;
    await fg.updateFunctionCode({ path, body });
    const response = await fetch(address);
    expect([response.status, response.headers.get("content-type")]).toEqual([201, "text/plain"]);
    expect(await response.text()).toBe("Grüße");
  });
});
