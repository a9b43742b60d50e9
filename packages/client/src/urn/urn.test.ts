import { expect, test } from "vitest";
import { forEachSeed, type Random } from "../../test/support/seeded.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { type FunctionUrn, formatUrn, isUrn, parseUrn, validateUrn } from "./index.ts";

const projectId = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const names = { packageName: "default", functionName: "hello" };

const forms: [string, FunctionUrn][] = [
  ["hello", { functionName: "hello" }],
  ["default:hello", names],
  [`${projectId}:default:hello`, { projectId, ...names }],
  [`${projectId}:default:hello:v1`, { projectId, ...names, version: "v1" }],
  [`${projectId}:default:hello:!prod`, { projectId, ...names, alias: "prod" }],
  [`urn:fss:eu-de:${projectId}:function:default:hello`, { region: "eu-de", projectId, ...names }],
  [
    `urn:fss:eu-de:${projectId}:function:default:hello:1.0.2`,
    { region: "eu-de", projectId, ...names, version: "1.0.2" },
  ],
  [
    `urn:fss:eu-de:${projectId}:function:default:hello:!prod`,
    { region: "eu-de", projectId, ...names, alias: "prod" },
  ],
];

test.each(forms)("%s is taken apart and put together again", (text, parts) => {
  expect(parseUrn(text)).toEqual(parts);
  expect(formatUrn(parts)).toBe(text);
});

test.each(forms)("%s is understood percent-encoded", (text, parts) => {
  expect(parseUrn(encodeURIComponent(text))).toEqual(parts);
  expect(parseUrn(encodeURIComponent(text).replaceAll("!", "%21").toLowerCase())).toEqual(parts);
});

test("names beyond ASCII are kept, since old functions have them", () => {
  expect(parseUrn("%E9%BB%98%E8%AE%A4:hello")).toEqual({ packageName: "默认", functionName: "hello" });
});

const urn = (rest: string): string => `urn:fss:eu-de:${projectId}:function:${rest}`;

test.each([
  ["nothing", "", "functionName: it is empty"],
  ["an empty package", ":hello", "packageName: it is empty"],
  ["an empty function", "default:", "functionName: it is empty"],
  ["an empty region", `urn:fss::${projectId}:function:default:hello`, "region: it is empty"],
  ["an empty version", urn("default:hello:"), "version: it is empty"],
  ["an empty alias", urn("default:hello:!"), "alias: it is empty"],
  ["an alias without its project", "default:!prod", "! marks an alias, the last field of a URN of 4 or 8"],
  ["a second mark of an alias", urn("default:hello:!!prod"), "alias: "],
  ["a full URN that is cut short", "urn:fss:eu-de", "urn: it has 3 fields; urn:fss:<region>"],
  ["a full URN that is too long", urn("default:hello:v1:v2"), "urn: it has 9 fields"],
  ["five fields", "a:b:c:d:e", "urn: it has 5 fields; without urn:"],
  [
    "the URN of something else",
    `urn:fss:eu-de:${projectId}:trigger:default:hello`,
    'urn: field 5 is "trigger"',
  ],
  [
    "the URN of another service",
    `urn:smn:eu-de:${projectId}:function:default:hello`,
    'urn: field 2 is "smn"',
  ],
  ["a slash", "default:a/b", 'functionName: "a/b" contains /'],
  ["an encoded slash", "default:a%2Fb", "functionName: "],
  ["an encoding of an encoding", "default%253Ahello", "functionName: "],
  ["a backslash", "a\\b", "functionName: "],
  ["a folder up", "..:hello", "packageName: .. would lead to another path"],
  ["an encoded folder up", "%2e%2e", "functionName: .. would lead to another path"],
  ["a folder in place", ".", "functionName: . would lead"],
  ["a query", "hello?x=1", "functionName: "],
  ["a fragment", "hello#x", "functionName: "],
  ["a blank", "my function", "contains U+0020"],
  ["a line break", "hello\r\nX-Auth-Token", 'functionName: "hello\\r\\nX-Auth-Token" contains U+000D'],
  ["a null", "hello%00", "contains U+0000"],
  ["an invisible character", "hel\u200blo", "contains U+200B"],
  ["half a surrogate pair", "hello\ud800", "contains U+D800"],
  ["broken percent-encoding", "hello%", "urn: its percent-encoding is broken"],
  ["percent-encoding that is not UTF-8", "hello%ff", "urn: its percent-encoding is broken"],
  ["270 characters", "a".repeat(270), "urn: it has 270 characters, more than 269"],
])("%s is refused with the part and the remedy", (_what, text, message) => {
  expect(() => parseUrn(text)).toThrow(ValidationError);
  expect(() => parseUrn(text)).toThrow(message);
});

test("269 characters are not too many, however they are encoded", () => {
  expect(isUrn("a".repeat(269))).toBe(true);
  expect(isUrn("é".repeat(269))).toBe(true);
  expect(isUrn(encodeURIComponent("é".repeat(269)))).toBe(true);
});

test.each<[string, FunctionUrn, string]>([
  [
    "a version and an alias",
    { projectId, ...names, version: "v1", alias: "prod" },
    "alias: a URN names a version or an alias",
  ],
  [
    "a version without its project",
    { ...names, version: "v1" },
    "projectId: it is missing; a URN with a version",
  ],
  [
    "an alias without its project",
    { ...names, alias: "prod" },
    "projectId: it is missing; a URN with an alias",
  ],
  [
    "a region without its project",
    { ...names, region: "eu-de" },
    "projectId: it is missing; a URN with a region",
  ],
  ["a project without its package", { projectId, functionName: "hello" }, "packageName: it is missing"],
  ["a project that reads as a full URN", { projectId: "urn", ...names }, "projectId: urn is how"],
  ["an alias with its mark", { projectId, ...names, alias: "!prod" }, "alias: "],
  ["a part with a colon", { packageName: "a:b", functionName: "c" }, 'packageName: "a:b" contains :'],
  ["an empty name", { functionName: "" }, "functionName: it is empty"],
  ["an empty version", { projectId, ...names, version: "" }, "version: it is empty"],
  ["too much", { packageName: "a".repeat(200), functionName: "b".repeat(100) }, "urn: it has 301 characters"],
])("%s makes no URN", (_what, parts, message) => {
  expect(() => formatUrn(parts)).toThrow(ValidationError);
  expect(() => formatUrn(parts)).toThrow(message);
});

test("what is not text is no URN, and is told so", () => {
  expect([undefined, null, 1, {}, ["hello"]].map(isUrn)).toEqual([false, false, false, false, false]);
  expect(() => validateUrn(undefined)).toThrow("urn: it is undefined, not a string");
  expect(() => validateUrn("default:hello")).not.toThrow();
});

function randomUrn(random: Random): FunctionUrn {
  const name = (): string => random.text("abcXYZ019-_", 1, 12);
  const names = { packageName: name(), functionName: name() };
  const qualifier = random.pick<Partial<FunctionUrn>>([{}, { version: `v${name()}.1` }, { alias: name() }]);
  const project = { projectId: random.text("0123456789abcdef", 32, 32) };
  return random.pick<FunctionUrn>([
    { functionName: name() },
    names,
    { ...project, ...names, ...qualifier },
    { region: random.text("abc-123", 1, 9), ...project, ...names, ...qualifier },
  ]);
}

test("whatever is put together comes apart the same", async () => {
  await forEachSeed(2000, (random) => {
    const parts = randomUrn(random);
    expect(parseUrn(formatUrn(parts))).toEqual(parts);
    expect(parseUrn(encodeURIComponent(formatUrn(parts)))).toEqual(parts);
  });
});

test("any text is either refused with a ValidationError or stays one segment of a path", async () => {
  await forEachSeed(5000, (random) => {
    const text = random.text("urn:fs:!./%2eF\\?#aé \u0000\u200b:", 1, 14);
    try {
      const path = formatUrn(parseUrn(text));
      expect(new URL(`http://h/a/${path}/b`).pathname.split("/")).toHaveLength(4);
      expect(new URL(`http://h/a/${encodeURIComponent(path)}/b`).pathname.split("/")).toHaveLength(4);
    } catch (error) {
      expect(error).toBeInstanceOf(ValidationError);
    }
  });
});
