import { describe, expect, it } from "vitest";
import { gobExamples } from "../../../../test/support/gob-examples.ts";
import { sentShapes } from "../go-messages.ts";
import { GobDecoder } from "./gob-decoder.ts";
import { GobEncoder } from "./gob-encoder.ts";
import { GobError } from "./gob-error.ts";
import { intBytes, intOfUint, readUint, uintBytes } from "./gob-number.ts";
import { type GobStruct, type GobValue, gobIds } from "./gob-shape.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const wire = Buffer.from(gobExamples.map(({ bytes }) => bytes).join(""), "hex");

describe("gob", () => {
  it("writes the very bytes that Go writes", () => {
    // Go calls the type by the name that the program has given it.
    const shapes = new Map(sentShapes).set(65, {
      kind: "struct",
      name: "request",
      fields: [
        { name: "ServiceMethod", id: gobIds.string },
        { name: "Seq", id: gobIds.uint },
      ],
    });
    const encoder = new GobEncoder(shapes);
    for (const { value, bytes, sent } of gobExamples)
      if (sent !== undefined) expect(hex(encoder.encode(sent, value))).toBe(bytes);
  });

  it.each([1, 7, 100_000])("reads what Go has written, in pieces of %d bytes", (size) => {
    const decoder = new GobDecoder(100_000);
    const values: GobValue[] = [];
    for (let at = 0; at < wire.length; at += size) values.push(...decoder.take(wire.subarray(at, at + size)));
    expect(values.map(plain)).toEqual(gobExamples.map(({ value }) => plain(value)));
  });

  it.each<[number, string]>([
    [0, "00"],
    [127, "7f"],
    [128, "ff80"],
    [255, "ffff"],
    [256, "fe0100"],
    [6_291_456, "fd600000"],
    [2 ** 40, "fa010000000000"],
    [Number.MAX_SAFE_INTEGER, "f91fffffffffffff"],
  ])("writes and reads %d as an unsigned number", (value, bytes) => {
    expect(hex(uintBytes(value))).toBe(bytes);
    expect(readUint(Buffer.from(bytes, "hex"), 0)).toEqual({ value, end: bytes.length / 2 });
  });

  it.each<[number, string]>([
    [0, "00"],
    [-1, "01"],
    [1, "02"],
    [-64, "7f"],
    [64, "ff80"],
    [-65, "ff81"],
    [-129, "fe0101"],
  ])("writes and reads %d as a signed number", (value, bytes) => {
    expect(hex(intBytes(value))).toBe(bytes);
    expect(intOfUint(readUint(Buffer.from(bytes, "hex"), 0)?.value ?? Number.NaN)).toBe(value);
  });

  it.each<[string, string, string]>([
    ["a message that is too long", "fd7fffff", "exceeds the limit"],
    ["a number of too many bytes", "f000", "a number of 16 bytes"],
    ["a number that is too large", "f8ffffffffffffffff", "more than 53 bits"],
    ["a type that nobody has defined", "03ff8200", "there is no type 65"],
    ["a text that is longer than its message", "040c00ff80", "ends too early"],
    ["a value with more behind it", "060c0001410000", "more than its value"],
    ["a value without its zero", "030c0141", "without the zero"],
    ["a list that is longer than its message", "0cff83020102ff8400010c000005ff8400ff80", "ends too early"],
    [
      "a type that is defined twice",
      "1eff89030101124865616c7468436865636b5265717565737401ff8a0000001eff89030101124865616c7468436865636b5265717565737401ff8a000000",
      "defined twice",
    ],
    ["a type that writes itself", "06ff8105000000", "has no field 4"],
  ])("refuses %s", (_, bytes, why) => {
    const decoder = new GobDecoder(10_000);
    expect(() => [...decoder.take(Buffer.from(bytes, "hex"))]).toThrow(GobError);
    const again = new GobDecoder(10_000);
    expect(() => [...again.take(Buffer.from(bytes, "hex"))]).toThrow(why);
  });

  it.each<[string, number, GobValue]>([
    ["a text for a struct", 65, "text"],
    ["a text for a number", 65, { ServiceMethod: "a", Seq: "1" }],
    ["a number that is not whole", 65, { ServiceMethod: "a", Seq: 1.5 }],
    ["a type that there is not", 70, {}],
  ])("does not write %s", (_, id, value) => {
    expect(() => new GobEncoder(sentShapes).encode(id, value)).toThrow(GobError);
  });
});

/** Comparable: bytes as text, maps as entries. */
function plain(value: GobValue | undefined): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (value instanceof Map) return [...value].map(([key, element]) => [key, plain(element)]);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object") return value;
  // What is left is a struct, which TypeScript cannot tell from read-only lists and maps.
  return Object.fromEntries(Object.entries(value as GobStruct).map(([name, one]) => [name, plain(one)]));
}
