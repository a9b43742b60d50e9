import { afterEach, describe, expect, it } from "vitest";
import { type RunningFunctions, runFunctions } from "../../../test/support/running-functions.ts";
import { findProgram } from "../../sandbox/bubblewrap-trial.ts";

let functions: RunningFunctions;
afterEach(() => functions.close());

const code = `
const fs = require("fs"), path = require("path"), os = require("os");
let calls = 0;
exports.handler = async (event) => {
  calls += 1;
  for (let n = 0; n < event.megabytes; n++) fs.appendFileSync(path.join(os.tmpdir(), "file"), Buffer.alloc(1 << 20, 1));
  await new Promise((resolve) => setTimeout(resolve, event.wait || 0));
  return calls;
};`;
const full = { code: 4207, value: { errorMessage: "disk usage exceed limit" } };

describe.skipIf(!findProgram("bwrap"))("An instance with a /tmp of a size", () => {
  it("that fails for want of room ends with its code, and the next call has room again", async () => {
    functions = await runFunctions({ sandbox: "namespaces" });
    const spec = await functions.add(code, { temporaryMb: 16 });
    expect(await functions.call(spec, { megabytes: 8 })).toMatchObject({ code: 0, value: 1 });
    expect(await functions.call(spec, { megabytes: 12 })).toMatchObject(full);
    expect(await functions.call(spec, { megabytes: 8 })).toMatchObject({ code: 0, value: 1 });
  });
});

describe("An instance whose /tmp is a folder", () => {
  it("is ended when it has written too much, and the next call has room again", async () => {
    functions = await runFunctions({ sandbox: "process" });
    const spec = await functions.add(code, { temporaryMb: 16, timeout: 20 });
    expect(await functions.call(spec, { megabytes: 20, wait: 19_000 })).toMatchObject(full);
    expect(await functions.call(spec, { megabytes: 8 })).toMatchObject({ code: 0, value: 1 });
  });
});
