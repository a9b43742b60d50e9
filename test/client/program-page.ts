import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { build } from "esbuild";

/** Bundles a program as an ES module for browsers and serves it as `/program.js`, in a page that may run nothing else. */
export async function serveProgram(program: string, folder: string) {
  const { outputFiles } = await build({
    entryPoints: { program },
    bundle: true,
    minify: true,
    format: "esm",
    splitting: true,
    platform: "browser",
    outdir: folder,
    write: false,
    logLevel: "silent",
  });
  const scripts = new Map(outputFiles.map(({ path, contents }) => [`/${basename(path)}`, contents]));
  const server = createServer(({ url = "" }, response) => {
    const script = scripts.get(url);
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.setHeader("content-security-policy", "default-src 'none'; script-src 'self'; connect-src *");
    response.end(script ?? "<!doctype html><title>Program</title>");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // `as`: a server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}
