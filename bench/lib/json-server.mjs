// A bare server in a process of its own that does what the compared functions do: it parses the body and answers with JSON.
import { createServer } from "node:http";

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { name } = JSON.parse(Buffer.concat(chunks).toString());
    const body = JSON.stringify({ greeting: `Hello, ${name}` });
    response.writeHead(200, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, "127.0.0.1", () =>
  process.stdout.write(`ready http://127.0.0.1:${server.address().port}\n`),
);
process.on("disconnect", () => process.exit());
