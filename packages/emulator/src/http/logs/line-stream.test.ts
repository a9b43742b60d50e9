import { expect, it } from "vitest";
import { LineStream } from "./line-stream.ts";

const decode = (value: Uint8Array | undefined): string => new TextDecoder().decode(value);

it("gives out together what came since the last time, and ends after that", async () => {
  let ends = 0;
  const stream = new LineStream(() => {
    ends += 1;
  });
  const first = stream.next();
  stream.push("one\n");
  expect(decode((await first).value)).toBe("one\n");
  stream.push("two\n");
  stream.push("");
  stream.push("three\n");
  stream.end();
  stream.push("too late\n");
  stream.end();
  expect(decode((await stream.next()).value)).toBe("two\nthree\n");
  expect([await stream.next(), ends]).toEqual([{ done: true, value: undefined }, 1]);
});

it("lets go of a reader that waits when it goes away", async () => {
  const stream = new LineStream(() => undefined);
  const waiting = stream.next();
  await stream.return();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

it("leaves older lines out, and says so, when its reader is too slow", async () => {
  const stream = new LineStream(() => undefined);
  for (let line = 0; line < 50; line += 1) stream.push(`${String(line).padEnd(99_999, ".")}\n`);
  const text = decode((await stream.next()).value);
  expect(text).toMatch(/^\(900000 characters were left out: they came too fast\)\n9\.+\n10\./);
});
