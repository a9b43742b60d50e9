// A server in a process of its own, so that its work is not counted: answers a POST with its own body, anything else with a page of functions.
import { createServer } from "node:http";

const functions = Array.from({ length: 10 }, (_, i) => ({
  func_urn: `urn:fss:eu-de:0a1b2c3d4e5f60718293a4b5c6d7e8f9:function:default:hello-${i}:latest`,
  func_name: `hello-${i}`,
  package: "default",
  runtime: "Node.js18.15",
  timeout: 30,
  handler: "index.handler",
  memory_size: 256,
}));
const page = JSON.stringify({ functions, next_marker: 10, count: 10 });
const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = request.method === "POST" ? Buffer.concat(chunks) : page;
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "x-request-id": "bench",
    });
    response.end(body);
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.on("disconnect", () => process.exit());
