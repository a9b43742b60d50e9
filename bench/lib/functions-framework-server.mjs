// Google's functions-framework, found by NODE_PATH, in a process of its own with the compared function. It is the server of its command line,
// which does not say when it is ready.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
require("@google-cloud/functions-framework").http("hello", (request, response) => {
  response.json({ greeting: `Hello, ${request.body.name}` });
});
const server = require("@google-cloud/functions-framework/testing").getTestServer("hello");
server.listen(0, "127.0.0.1", () =>
  process.stdout.write(`ready http://127.0.0.1:${server.address().port}\n`),
);
process.on("disconnect", () => process.exit());
