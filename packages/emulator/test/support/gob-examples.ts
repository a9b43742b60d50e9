import type { GobValue } from "../../src/runtime/go/gob/gob-shape.ts";

/** A value, and the bytes that Go's encoder writes for it as hexadecimal digits. */
export interface GobExample {
  readonly value: GobValue;
  readonly bytes: string;
  /** Number of its type among those that the emulator sends, if it is one of them. */
  readonly sent?: number;
}

const letters = "79".repeat(200);

/** What `test/fixtures/go/rpc` prints when it is called with `gob`: the values of one connection in their order. */
export const gobExamples: readonly GobExample[] = [
  {
    value: { ServiceMethod: "Function.Invoke" },
    bytes:
      "2fff81030101077265717565737401ff82000102010d536572766963654d6574686f64010c000103536571010600000014ff82010f46756e6374696f6e2e496e766f6b6500",
    sent: 65,
  },
  {
    value: { Payload: Buffer.from("{}"), Header: new Map([["X-Cff-Request-Id", ["id-1", "ü"]]]) },
    bytes:
      "33ff830301010d496e766f6b655265717565737401ff8400010201075061796c6f6164010a00010648656164657201ff8800000017ff870401010648656164657201ff8800010c01ff8600000cff85020102ff8600010c000023ff8401027b7d010110582d4366662d526571756573742d4964020469642d3102c3bc00",
    sent: 66,
  },
  {
    value: {},
    bytes: "1eff89030101124865616c7468436865636b5265717565737401ff8a00000003ff8a00",
    sent: 69,
  },
  {
    value: { ServiceMethod: "Function.HealthCheck", Seq: 300 },
    bytes: "1dff82011446756e6374696f6e2e4865616c7468436865636b01fe012c00",
    sent: 65,
  },
  { value: { Payload: Buffer.from("y".repeat(200)) }, bytes: `ffceff8401ffc8${letters}00`, sent: 66 },
  {
    value: {
      Small: -1,
      Negative: -65,
      Large: 2 ** 40,
      Yes: true,
      Pair: [0, 70000],
      Inner: { Names: ["", "a"] },
    },
    bytes:
      "4aff8b030102ff8c0001060105536d616c6c01040001084e6567617469766501040001054c61726765010400010359657301020001045061697201ff8e000105496e6e657201ff9000000017ff8d010101075b325d75696e7401ff8e0001060104000032ff8f03010119737472756374207b204e616d6573205b5d737472696e67207d01ff9000010101054e616d657301ff8600000020ff8c010101ff8101fa0200000000000101010200fd0111700101020001610000",
  },
  { value: new Map([["one", 1]]), bytes: "0eff91040102ff9200010c0104000009ff920001036f6e6502" },
  { value: "text", bytes: "070c000474657874" },
];
