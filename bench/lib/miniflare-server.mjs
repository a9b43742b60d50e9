// Miniflare, found by NODE_PATH, in a process of its own with a worker that does what the compared functions do.
import { createRequire } from "node:module";

const { Miniflare } = createRequire(import.meta.url)("miniflare");
const script = `export default {
  async fetch(request) {
    const { name } = await request.json();
    return Response.json({ greeting: "Hello, " + name });
  },
};`;
const miniflare = new Miniflare({
  modules: true,
  script,
  host: "127.0.0.1",
  port: 0,
  compatibilityDate: "2025-01-01",
});
const { origin } = await miniflare.ready;
process.stdout.write(`ready ${origin}\n`);
// It has a process of its own, which has to end with this one.
process.on("disconnect", () => miniflare.dispose().finally(() => process.exit()));
