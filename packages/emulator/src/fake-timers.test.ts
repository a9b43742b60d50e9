import { request } from "node:http";
import { afterEach, expect, it, vi } from "vitest";
import { createEmulator, type Emulator } from "./index.ts";

afterEach(() => vi.useRealTimers());

/** As fetch does, whose own timers are faked, too. */
function post({ url, token }: Emulator, path: string, body: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "X-Auth-Token": token, "Content-Type": "application/json" };
    const sent = request(`${url}${path}`, { method: "POST", headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      answer.once("end", () => resolve(text)).once("error", reject);
    });
    sent.once("error", reject).end(JSON.stringify(body));
  });
}

it("functions run and the emulator ends while a test of the same process fakes timers", async () => {
  vi.useFakeTimers();
  const emulator = await createEmulator({ runtime: { sandbox: "process" } });
  const functions = `/v2/${emulator.projectId}/fgs/functions`;
  const { func_urn } = JSON.parse(
    await post(emulator, functions, {
      func_name: "hello",
      package: "default",
      runtime: "Node.js20.15",
      handler: "index.handler",
      memory_size: 128,
      timeout: 10,
      code_type: "inline",
      func_code: { file: Buffer.from("exports.handler = async () => 'ran';").toString("base64") },
    }),
  );
  // Once with a new instance, and once with one that is there.
  for (const _ of [1, 2])
    expect(await post(emulator, `${functions}/${func_urn}/invocations`, {})).toBe("ran");
  await emulator.close();
});
