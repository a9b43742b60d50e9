import { describe, expect, it } from "vitest";
import { parseJsonBody } from "./parse-json-body.ts";

const json = { "content-type": "application/json" };
const bytes = (text: string): Uint8Array => Buffer.from(text);

describe("a JSON body", () => {
  it.each([
    ["nothing", "", {}, undefined],
    ["an object", '{"a":"é"}', json, { a: "é" }],
    ["an object with a charset", "{}", { "content-type": 'Application/JSON; Charset="UTF-8"' }, {}],
    ["an object without a content type", "{}", {}, {}],
    [
      "brackets within texts",
      `{"a":"${"[{".repeat(100)}\\"[","b":"\\\\"}`,
      json,
      { a: `${"[{".repeat(100)}"[`, b: "\\" },
    ],
    ["a pair of escapes", '{"a":"\\ud83d\\ude00"}', json, { a: "😀" }],
    ["an escape that is text", '{"a":"\\\\ud800"}', json, { a: "\\ud800" }],
    ["a byte order mark", "\ufeff{}", json, {}],
    ["64 levels", `${"[".repeat(64)}${"]".repeat(64)}`, json, expect.any(Array)],
  ])("may be %s", (_, text, headers, want) => {
    expect(parseJsonBody(bytes(text), headers)).toEqual(want);
  });

  it.each([
    ["no JSON", bytes("{a}"), json, "not JSON"],
    ["cut off", bytes('{"a":"'), json, "not JSON"],
    [
      "a form",
      bytes("a=b"),
      { "content-type": "application/x-www-form-urlencoded" },
      "Content-Type must be application/json and is application/x-www-form-urlencoded",
    ],
    ["Latin-1", bytes("{}"), { "content-type": "application/json; charset=iso-8859-1" }, "charset"],
    ["compressed", bytes("{}"), { ...json, "content-encoding": "gzip" }, "compressed (gzip)"],
    ["no UTF-8", Buffer.from([0x22, 0xff, 0x22]), json, "not UTF-8"],
    ["half a character", bytes('{"a":"\\ud800"}'), json, "half of a character"],
    ["half a character in a name", bytes('{"\\udc00":1}'), json, "half of a character"],
    ["65 levels deep", bytes(`${"[".repeat(65)}${"]".repeat(65)}`), json, "64 levels"],
    ["a million levels deep", bytes('{"a":'.repeat(1_000_000)), json, "64 levels"],
  ])("must not be %s", (_, body, headers, message) => {
    expect(() => parseJsonBody(body, headers)).toThrow(
      expect.objectContaining({ code: "FSS.0400", message: expect.stringContaining(message) }),
    );
  });
});
