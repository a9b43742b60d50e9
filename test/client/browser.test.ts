import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "../chromium.ts";
import type { Report, Service } from "./browser-program.ts";
import { serveProgram } from "./program-page.ts";
import { type ReaderProject, readerProject } from "./reader-project.ts";
import { type Answer, verifyingService } from "./verifying-service.ts";

const projectId = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const keys = { accessKey: "EXAMPLEACCESSKEY0001", secretKey: "example-secret-key" };
const func_urn = `urn:fss:eu-de:${projectId}:function:default:hello:latest`;
const functions = `/v2/${projectId}/fgs/functions`;

/** Functions by the marker of their page; the last page is empty. */
const pages: Readonly<Record<string, { functions: object[]; next_marker: number }>> = {
  0: { functions: [{ func_name: "one" }, { func_name: "two" }], next_marker: 2 },
  2: { functions: [{ func_name: "three" }], next_marker: 3 },
  3: { functions: [], next_marker: 3 },
};

/** Functions to list, one that can be created and none that is there, and quotas that never come. */
const answerTo: Answer = ({ method, path, query }) => {
  if (method === "POST" && path === functions) return { status: 200, body: { func_urn } };
  if (path === functions) return { status: 200, body: pages[new URLSearchParams(query).get("marker") ?? 0] };
  if (path.endsWith("/config"))
    return { status: 404, body: { error_code: "FSS.1051", error_msg: "Not found the function" } };
  return undefined;
};

/** Counts the signatures that the page makes by WebCrypto. */
const countSignatures = `
globalThis.signatures = 0;
const { sign } = SubtleCrypto.prototype;
SubtleCrypto.prototype.sign = function (...args) {
  globalThis.signatures++;
  return sign.apply(this, args);
};
`;

describe.runIf(hasChromium)("in Chromium, bundled from its package", () => {
  let project: ReaderProject;
  let service: Awaited<ReturnType<typeof verifyingService>>;
  let site: Awaited<ReturnType<typeof serveProgram>>;
  let browser: Browser;
  let report: Report;
  let signatures: unknown;
  const errors: string[] = [];

  beforeAll(async () => {
    project = readerProject();
    const program = join(project.folder, "browser-program.ts");
    copyFileSync(fileURLToPath(new URL("browser-program.ts", import.meta.url)), program);
    site = await serveProgram(program, project.folder);
    service = await verifyingService(keys.secretKey, answerTo);
    browser = await launchChromium();
    const page = await browser.newPage();
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      // What the browser itself says of answers with 401 and 404.
      if (message.type() === "error" && !/^Failed to load resource: .* status of 40[14]/.test(message.text()))
        errors.push(message.text());
    });
    page.on("request", (request) => {
      if (
        ![site.url, service.url].some((url) => request.url().startsWith(url)) &&
        !/^data:/.test(request.url())
      )
        errors.push(`asked ${request.url()}`);
    });
    await page.addInitScript(countSignatures);
    await page.goto(site.url);
    const called: Service = { endpoint: service.url, projectId, ...keys };
    report = await page.evaluate(`import("/program.js").then(({ run }) => run(${JSON.stringify(called)}))`);
    signatures = await page.evaluate("globalThis.signatures");
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    service?.close();
    project?.remove();
  });

  test("lists, page after page", () => {
    expect(report.listed).toEqual(["one", "two", "three"]);
  });

  test("creates a function whose body arrives as it was signed", () => {
    expect(report.created).toBe(func_urn);
    const body = service.accepted.find(({ method }) => method === "POST")?.body ?? "";
    expect(JSON.parse(body)).toMatchObject({ func_name: "hello", description: "Grüße an 東京" });
    expect(report.unpacked).toBe("exports.handler = async () => 'Grüße';");
  });

  test("says what the service refused, and why", () => {
    expect(report.refusal).toMatchObject({
      name: "FunctionGraphError",
      status: 404,
      code: "FSS.1051",
      operation: "showFunctionConfig",
      requestId: "request-1",
      retryable: false,
      message: expect.stringContaining("Not found the function"),
      remedy: expect.stringMatching(/\w/),
    });
  });

  test("gives up when the time is over", () => {
    expect(report.timeout).toBe(true);
  });

  test("signs every request by WebCrypto, and the service refuses what another key signed", () => {
    const sent = service.accepted.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`);
    expect([...new Set(sent)]).toEqual(["GET functions", "POST functions", "GET config", "GET quotas"]);
    expect(signatures).toBeGreaterThanOrEqual(service.accepted.length);
    expect(report.wrongKey).toEqual([401, "APIGW.0301"]);
    expect(report.signature).toMatch(/^SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY0001, /);
  });

  test("nothing goes wrong in the page, and nobody else is asked", () => {
    expect(errors).toEqual([]);
  });
});
