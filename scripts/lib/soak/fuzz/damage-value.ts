import { isObject, type Json } from "../../openapi.ts";
import type { Random } from "./random.ts";

/** Texts that have broken programs before. */
export const hostileTexts: readonly [string, ...string[]] = [
  "",
  " ",
  "../../../../etc/passwd",
  "..\\..\\windows\\system32",
  "/etc/passwd",
  "%2e%2e%2f",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "-1",
  "0",
  "1e999",
  "NaN",
  "é𝕏\u202e",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "a\r\nX-Injected: 1",
  "' OR 1=1 --",
  '"; DROP TABLE documents; --',
  "<script>alert(1)</script>",
  "{{7*7}}",
  ":",
  ":::::::",
  "urn:fss:eu-de::function:::",
  "!",
  ",".repeat(200),
  "x".repeat(70_000),
];

const hostileNumbers: readonly [number, ...number[]] = [
  -1,
  0,
  0.5,
  1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  1e308,
  -0,
];

/** A copy of a value with some places broken. */
export function damageValue(value: Json, random: Random, places = 1 + random.below(2)): Json {
  // structuredClone knows no type but the one that it was given.
  let damaged = structuredClone(value);
  for (let place = 0; place < places; place++) damaged = damageOnce(damaged, random);
  return damaged;
}

function damageOnce(value: Json, random: Random): Json {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.7)) {
    const index = random.below(value.length);
    if (random.chance(0.2)) return Array.from({ length: 600 }, () => value[index] ?? null);
    return value.map((item, at) => (at === index ? damageOnce(item, random) : item));
  }
  if (isObject(value) && random.chance(0.9)) {
    const keys = Object.keys(value);
    const key = random.any(keys);
    if (key === undefined || random.chance(0.1)) {
      const added = random.pick(["unknown", "__proto__", "constructor", "hasOwnProperty", ""]);
      return Object.fromEntries([...Object.entries(value), [added, otherValue(random)]]);
    }
    if (random.chance(0.2)) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    return { ...value, [key]: damageOnce(value[key] ?? null, random) };
  }
  return otherValue(random);
}

function otherValue(random: Random): Json {
  switch (random.below(8)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.pick(hostileNumbers);
    case 3:
      return [];
    case 4:
      return {};
    case 5:
      return nested(random.pick([3, 40, 70]));
    default:
      return random.pick(hostileTexts);
  }
}

function nested(depth: number): Json {
  let value: Json = "deep";
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { value };
  return value;
}
