import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { startForUsers } from "../../../test/support/emulator-for-users.ts";

interface Capture {
  op: string;
  wire: { method: string; url: string; headers: Record<string, string>; body: string };
}
const captures: Capture[] = JSON.parse(
  readFileSync(new URL("./fixtures/wire-captures.json", import.meta.url), "utf8"),
);

describe("a request of the official SDK", () => {
  const project = "0bcc05efb100f2a92f53c011f262dfa0";
  const replay = async (
    { wire, op }: Capture,
    change: Partial<Capture["wire"]> = {},
  ): Promise<{ status: number; text: string; reached: boolean }> => {
    let reached = false;
    const emulator = await startForUsers({
      projects: [{ id: project, name: "cn-north-4" }],
      users: [
        {
          name: "ada",
          password: "p",
          accessKey: "EXAMPLE-ACCESS-KEY",
          secretKey: "example-secret-key-not-a-real-one",
        },
      ],
      time: new Date("2019-11-15T03:36:55Z"),
      validateResponses: false,
      // A stand-in for whichever operation the capture is of.
      handlers: {
        [op]: () => {
          reached = true;
          return {};
        },
      },
    });
    const { method, url, headers, body } = { ...wire, ...change };
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        { host: "127.0.0.1", port: emulator.port, method, path: url, headers },
        (response) => {
          let text = "";
          response.on("data", (data) => {
            text += data;
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, text, reached }));
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  };

  // One capture has a time with a blank, which the API does not take: its signature is right all the same.
  const passed = ({ op }: Capture): object =>
    op === "listAsyncInvocations"
      ? { status: 400, text: expect.stringContaining("query_begin_time") }
      : { text: "", reached: true };

  it.each(captures.map((capture) => [capture.op, capture] as const))(
    "as captured passes: %s",
    async (_, capture) => {
      expect(await replay(capture)).toMatchObject(passed(capture));
    },
  );

  it.each(captures.map((capture) => [capture.op, capture] as const))(
    "with its path percent-encoded passes as well: %s",
    async (_, capture) => {
      const [path = "", query] = capture.wire.url.split("?");
      const encoded = path.replace(/[:!]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
      expect(
        await replay(capture, { url: query === undefined ? encoded : `${encoded}?${query}` }),
      ).toMatchObject(passed(capture));
    },
  );

  it.each(captures.filter(({ wire }) => wire.body !== "").map((capture) => [capture.op, capture] as const))(
    "with one byte changed is refused: %s",
    async (_, capture) => {
      const body = capture.wire.body.replace("a", "b");
      const changed = body === capture.wire.body ? `${body.slice(0, -1)} ` : body;
      expect(await replay(capture, { body: changed })).toMatchObject({
        status: 401,
        text: expect.stringContaining("APIGW.0301"),
        reached: false,
      });
    },
  );
});
