import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executable = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);
if (!executable && process.env.CI)
  throw new Error("Chromium is missing: install it (apt-get install chromium) or set CHROMIUM_PATH.");
if (!executable)
  console.warn("Nothing is tested in a browser: install chromium or set CHROMIUM_PATH to its program.");

/** Whether there is a browser to test in; in CI there has to be one. */
export const hasChromium: boolean = executable !== undefined;

/** Starts a browser without a window that talks to nobody on its own. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: executable ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
