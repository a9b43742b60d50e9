// `npm start`: installs if needed, builds, then serves the site and the emulator on one local port until Ctrl-C. PORT chooses the port.
import { ensureInstalled } from "./lib/ensure-installed.mjs";
import { turbo } from "./lib/turbo.mjs";

const port = Number(process.env.PORT ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(
    `PORT must be a number from 0 to 65535, and is "${process.env.PORT}": 0 or none at all takes a free port.`,
  );
  process.exit(1);
}
ensureInstalled();
console.log("Building …");
const packages = ["--filter=@functiongraph/docs", "--filter=@functiongraph/emulator"];
if (turbo("run", "build", "docs", ...packages, "--output-logs=errors-only") !== 0) {
  console.error("The build failed; the reason stands above.");
  process.exit(1);
}
const { siteHandler } = await import("../packages/docs/dist/index.js");
const { createEmulator, OptionError } = await import("../packages/emulator/dist/index.js");
const emulator = await createEmulator({ port, fallback: siteHandler() }).catch((error) => {
  console.error(error instanceof OptionError ? error.message : `The emulator cannot start: ${error.message}`);
  process.exit(1);
});
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    await emulator.close();
    process.exit(0);
  });
}
const { url, projectId, token, credentials } = emulator;
console.log(`
FunctionGraph is ready.

  Start page  ${url}/
  Reference   ${url}/reference/
  Download    ${url}/openapi.yaml  (openapi.json, openapi-3.0.json, errors.json)
  Emulator    ${url}/v2/…  (region ${emulator.region}, project ${projectId}; its state ends with it)
              ${await emulator.sandbox()}
              access key ${credentials.accessKey}, secret key ${credentials.secretKey}: for this emulator alone

  Try         curl -s -H "X-Auth-Token: ${token}" ${url}/v2/${projectId}/fgs/functions

Ctrl-C stops it.
`);
