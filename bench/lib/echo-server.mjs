// A bare server in a process of its own: whatever is asked, it reads the body and answers with the JSON text of its first message.
import { createServer } from "node:http";

let body = "{}";
process.on("message", (text) => {
  body = text;
});
const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    Buffer.concat(chunks);
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
