import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, launchChromium } from "../chromium.ts";
import { type SiteServer, serveSite } from "./serve-site.ts";

describe.runIf(hasChromium)("the rendered reference", () => {
  let site: SiteServer;
  let browser: Browser;

  beforeAll(async () => {
    site = await serveSite();
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it.each([
    ["/", 1280, "light"],
    ["/", 390, "dark"],
    ["/reference/", 1280, "light"],
    ["/reference/", 390, "dark"],
  ] as const)(
    "%s at %i pixels, %s: loads whole, asks nobody else, logs no error",
    async (path, width, colorScheme) => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const foreign: string[] = [];
      const errors: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(site.url) && !/^(data|blob):/.test(request.url()))
          foreign.push(request.url());
      });
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("pageerror", (error) => errors.push(String(error)));
      await page.goto(site.url + path, { waitUntil: "networkidle" });
      expect(await page.textContent("h1")).toContain("FunctionGraph");
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      expect(foreign).toEqual([]);
      expect(errors).toEqual([]);
      await page.close();
    },
  );

  it("opens an operation by its link and shows its example", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.url}/reference/#operation/createFunction`);
    await page.getByText("Create a function", { exact: false }).first().waitFor();
    expect(await page.content()).toContain("hello-orders");
    await page.close();
  });

  it.each(["openapi.yaml", "openapi.json", "openapi-3.0.json", "errors.json", "SHA256SUMS"])(
    "offers %s",
    async (name) => {
      const response = await fetch(`${site.url}/${name}`);
      expect(response.status).toBe(200);
      expect((await response.text()).length).toBeGreaterThan(100);
    },
  );

  it("answers an unknown address with 404 and the way on", async () => {
    const response = await fetch(`${site.url}/nowhere`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("/reference/");
  });
});
