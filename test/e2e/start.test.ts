import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.ts";
import { run } from "../spec/run.ts";

/** Starts `npm start`'s script and waits for its address. */
async function start(
  env: NodeJS.ProcessEnv = {},
): Promise<{ url: string; output: () => string; stop: (signal: NodeJS.Signals) => Promise<number | null> }> {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", ...env },
  });
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const address = output.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
      if (address && output.includes("Ctrl-C")) resolve(address);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", () => reject(new Error(`npm start ended early:\n${output}`)));
  });
  return {
    url,
    output: () => output,
    stop: async (signal) => {
      child.removeAllListeners("exit");
      child.kill(signal);
      const [code] = await once(child, "exit");
      return code;
    },
  };
}

describe("npm start", () => {
  it("serves start page, reference and bundle on a free port, and stops cleanly on Ctrl-C", async () => {
    const site = await start();
    for (const path of ["/", "/reference/", "/openapi.json"])
      expect((await fetch(site.url + path)).status, path).toBe(200);
    const [, token, address] = site.output().match(/curl -s -H "X-Auth-Token: (\S+)" (\S+)/) ?? [];
    const answer = await fetch(address ?? "", { headers: { "x-auth-token": token ?? "" } });
    expect([answer.status, await answer.json()]).toMatchObject([200, { functions: [] }]);
    expect(await site.stop("SIGINT")).toBe(0);
    await expect(fetch(site.url)).rejects.toThrow();
  }, 60_000);

  it("takes the port that PORT names", async () => {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, "close");
    const site = await start({ PORT: String(port) });
    expect(site.url).toBe(`http://127.0.0.1:${port}`);
    expect(await site.stop("SIGTERM")).toBe(0);
  }, 60_000);

  it("says in one sentence why a port cannot be used", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { status, output } = await run(process.execPath, ["scripts/start.mjs"], root, {
      PORT: String(port),
    });
    other.close();
    expect(status).toBe(1);
    expect(output).toContain(
      `Port ${port} is in use by another program; choose another one, or 0 for a free one.`,
    );
    expect(output).not.toMatch(/^\s+at /m);
  }, 60_000);

  it.each(["none", "-1", "70000", "80.5"])("refuses PORT=%s before it does anything", async (port) => {
    const { status, output } = await run(process.execPath, ["scripts/start.mjs"], root, { PORT: port });
    expect(status).toBe(1);
    expect(output.trim()).toBe(
      `PORT must be a number from 0 to 65535, and is "${port}": 0 or none at all takes a free port.`,
    );
  });
});
