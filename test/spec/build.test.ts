import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { distFolder, root, specFolder } from "../../scripts/lib/paths.ts";
import { run } from "./run.ts";

const files = ["openapi.yaml", "openapi.json", "openapi-3.0.json", "errors.json", "SHA256SUMS"];
let scratch = "";

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "functiongraph-build-"));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A copy of the sources with one fault, beside a link to the plugin that the lint configuration names. */
function sourcesWith(name: string, file: string, change: (text: string) => string): string {
  const copy = join(scratch, name);
  cpSync(specFolder, copy, {
    recursive: true,
    filter: (path) => !path.startsWith(distFolder) && !path.includes("node_modules"),
  });
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  const changed = change(text);
  expect(changed, "the fault must change the file").not.toBe(text);
  writeFileSync(path, changed);
  return copy;
}

const build = (sources: string, out: string) =>
  run(process.execPath, ["--import", "tsx", "scripts/bundle.ts", "--sources", sources, "--out", out], root);

describe("the build of the description", () => {
  it("gives the same bytes every time, and checksums that hold", async () => {
    const out = join(scratch, "again");
    expect((await build(specFolder, out)).status).toBe(0);
    for (const name of files)
      expect(readFileSync(join(out, name)).equals(readFileSync(join(distFolder, name))), name).toBe(true);
    for (const line of readFileSync(join(out, "SHA256SUMS"), "utf8").trim().split("\n")) {
      const [sum, name] = line.split("  ");
      expect(
        createHash("sha256")
          .update(readFileSync(join(out, name ?? "")))
          .digest("hex"),
      ).toBe(sum);
    }
  });

  it.each([
    {
      fault: "a broken reference",
      file: "paths/quotas/quotas.yaml",
      change: (text: string) =>
        text.replace("schemas/quotas/ListQuotasResponse.yaml", "schemas/quotas/Missing.yaml"),
      says: [/paths\/quotas\/quotas\.yaml:\d+/, /Missing\.yaml/, /lint:spec/],
    },
    {
      fault: "two components of one name",
      file: "schemas/quotas/ListQuotasResponse.yaml",
      change: (text: string) => text.replace("$ref: Quotas.yaml", "$ref: ../tracing/Quotas.yaml"),
      also: [
        "schemas/tracing/Quotas.yaml",
        "type: object\ndescription: Another one.\nproperties:\n  resources:\n    $ref: ../quotas/Quotas.yaml\n",
      ] as const,
      says: [/schemas\/quotas\/ListQuotasResponse\.yaml:\d+/, /same name/, /lint:spec/],
    },
    {
      fault: "an error code that the catalogue does not know",
      file: "paths/quotas/quotas.yaml",
      change: (text: string) => text.replace("x-fg-errors: []", "x-fg-errors: [FSS.9999]"),
      says: [/listQuotas/, /FSS\.9999/, /catalogue\.yaml/],
    },
    {
      fault: "a file that is no YAML",
      file: "schemas/quotas/Quota.yaml",
      change: (text: string) => `${text}\n  : [`,
      says: [/Quota\.yaml/, /lint:spec/],
    },
  ])("ends with one message and no stack trace on $fault", async ({ fault, file, change, says, also }) => {
    const sources = sourcesWith(fault.replaceAll(" ", "-"), file, change);
    if (also) writeFileSync(join(sources, also[0]), also[1]);
    const { status, output } = await build(sources, join(scratch, "out"));
    expect(status).toBe(1);
    for (const pattern of says) expect(output).toMatch(pattern);
    expect(output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  });
});

describe("what is generated and kept in the repository", () => {
  it("has its editions from the facts", async () => {
    const { status, output } = await run(
      process.execPath,
      ["--import", "tsx", "scripts/annotate-editions.ts", "--check"],
      root,
    );
    expect(output).toBe("");
    expect(status).toBe(0);
  });

  it("has its error examples and the catalogue's operations from the catalogue and the operations", async () => {
    const { status, output } = await run(
      process.execPath,
      ["--import", "tsx", "scripts/sync-errors.ts", "--check"],
      root,
    );
    expect(output).toBe("");
    expect(status).toBe(0);
  });
});
