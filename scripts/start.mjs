// `npm start`: installs if needed, builds, then serves the site on one local port until Ctrl-C. PORT chooses the port.
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
if (turbo("run", "build", "docs", "--output-logs=errors-only") !== 0) {
  console.error("The build failed; the reason stands above.");
  process.exit(1);
}
const { serveSite } = await import("../packages/docs/dist/index.js");
const site = await serveSite(port).catch((error) => {
  const remedy =
    { EADDRINUSE: "another program uses it", EACCES: "this user may not open it" }[error.code] ??
    error.message;
  console.error(
    `Port ${port} cannot be used: ${remedy}. Choose another with PORT=8080 npm start, or none for a free one.`,
  );
  process.exit(1);
});
console.log(`
FunctionGraph is ready.

  Start page  ${site.url}/
  Reference   ${site.url}/reference/
  Download    ${site.url}/openapi.yaml  (openapi.json, openapi-3.0.json, errors.json)

  Try         curl -s ${site.url}/errors.json

Ctrl-C stops it.
`);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    await site.close();
    process.exit(0);
  });
}
