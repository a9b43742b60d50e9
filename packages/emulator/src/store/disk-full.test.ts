import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findProgram } from "../sandbox/bubblewrap-trial.ts";

const bubblewrap = findProgram("bwrap");

/** Runs a command where a folder is a disk of its own, with 4 MB; on Linux with bubblewrap only. */
const onSmallDisk = (folder: string, command: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(bubblewrap ?? "", ["--dev-bind", "/", "/", "--size", "4194304", "--tmpfs", folder, ...command], {
    encoding: "utf8",
    timeout: 60_000,
  });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "disk-full-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hasSmallDisks = bubblewrap !== undefined && onSmallDisk(tmpdir(), ["true"]).status === 0;

/** What the process on the small disk does: it prints an object with its findings. */
const program = (disk: string): string => `
import { rmSync, writeFileSync } from "node:fs";
import { createEmulator } from ${JSON.stringify(new URL("../emulator.ts", import.meta.url).href)};

const [disk, data] = ${JSON.stringify([disk, join(disk, "data")])};
const log = [];
const options = { data, log: (line) => log.push(JSON.parse(line)), runtime: { sandbox: "process" } };
let emulator;
const call = async (method, path, body) => {
  const url = emulator.url + "/v2/" + emulator.projectId + "/fgs/functions" + path;
  const headers = { "X-Auth-Token": emulator.token, "Content-Type": "application/json" };
  const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return [response.status, text === "" ? "" : JSON.parse(text)];
};
const inline = (value, length = 0) => ({
  code_type: "inline",
  func_code: { file: Buffer.from("exports.handler = async () => " + value + " //" + "-".repeat(length)).toString("base64") },
});
const create = (name, length, value = 1) => call("POST", "", {
  func_name: name, package: "default", runtime: "Node.js20.15", handler: "index.handler", memory_size: 128, timeout: 3,
  ...inline(value, length),
});
const fill = () => {
  for (const size of [65536, 512]) {
    try {
      for (let at = 0; ; at += 1) writeFileSync(disk + "/fill-" + size, Buffer.alloc(size), { flag: "a" });
    } catch (error) {
      if (error.code !== "ENOSPC") throw error;
    }
  }
};
const makeRoom = () => { for (const size of [65536, 512]) rmSync(disk + "/fill-" + size); };
const names = async () => (await call("GET", ""))[1].functions.map((one) => one.func_name).sort();

emulator = await createEmulator(options);
const urn = (await create("first"))[1].func_urn;
await call("POST", "/" + urn + "/invocations", {});
const cold = (await create("cold", 9000))[1].func_urn;
const slow = (await create("slow", 0, "(await new Promise((done) => setTimeout(done, 300)), 3)"))[1].func_urn;
await call("PUT", "/" + slow + "/async-invoke-config",
  { enable_async_status_log: true, max_async_event_age_in_seconds: 3600, max_async_retry_attempts: 3 });
const accepted = [];
for (let at = 0; at < 3; at += 1) accepted.push((await call("POST", "/" + slow + "/invocations-async", {}))[1].request_id);
// Instances that come and go give a little room back.
const whenFull = (work) => { fill(); return work(); };
const full = {
  create: await whenFull(() => create("second", 9000)),
  code: await whenFull(() => call("PUT", "/" + urn + "/code", inline(2, 9000))),
  asynchronous: await whenFull(() => call("POST", "/" + urn + "/invocations-async", { text: "-".repeat(200_000) })),
  cold: await whenFull(() => call("POST", "/" + cold + "/invocations", {})),
  warm: await whenFull(() => call("POST", "/" + urn + "/invocations", {})),
  names: await names(),
};
makeRoom();
const room = {
  create: (await create("second", 9000))[0],
  code: (await call("PUT", "/" + urn + "/code", inline(2, 9000)))[0],
  asynchronous: (await call("POST", "/" + urn + "/invocations-async", { text: "-".repeat(200_000) }))[0],
  cold: await call("POST", "/" + cold + "/invocations", {}),
};
const statuses = async () => {
  const { invocations } = (await call("GET", "/" + slow + "/async-invocations"))[1];
  return accepted.map((id) => invocations.find(({ request_id }) => request_id === id)?.status);
};
const deadline = Date.now() + 20_000;
while (Date.now() < deadline && (await statuses()).some((status) => status !== "SUCCESS")) {
  // Those that could not be written down as done are tried again after some seconds.
  emulator.clock.advance(1000);
  await new Promise((done) => setTimeout(done, 50));
}
room.statuses = await statuses();
fill();
// Has to let go of the folder nevertheless.
await emulator.close();
fill();
const restart = await createEmulator(options).then((one) => one.close(), ({ name, message }) => name + ": " + message);
makeRoom();
emulator = await createEmulator(options);
const reopened = { names: await names(), answer: await call("POST", "/" + urn + "/invocations", {}) };
await emulator.close();
console.log(JSON.stringify({ full, log, room, restart, reopened }));
`;

describe.skipIf(!hasSmallDisks)("An emulator whose disk is full", () => {
  it("says so, keeps what it has, and goes on once there is room", { timeout: 60_000 }, () => {
    const disk = mkdtempSync(join(folder, "disk-"));
    writeFileSync(join(folder, "program.mjs"), program(disk));
    const { stdout, stderr } = onSmallDisk(disk, [
      process.execPath,
      "--import",
      import.meta.resolve("tsx"),
      join(folder, "program.mjs"),
    ]);
    expect(stderr).toBe("");
    const { full, log, room, restart, reopened } = JSON.parse(stdout);
    // Whatever was being written first: the package or the database.
    const sentence = `The emulator's disk is full: ${join(disk, "data")}(/packages)? cannot be written[.] Make room and try again[.]`;
    const refusal = [
      500,
      { error_code: "FSS.0500", error_msg: expect.stringMatching(`^Internal server error[.] ${sentence}$`) },
    ];
    expect(full).toEqual({
      create: refusal,
      code: refusal,
      asynchronous: refusal,
      cold: [500, { errorMessage: expect.stringContaining("no space left on device") }],
      warm: [200, 1],
      names: ["cold", "first", "slow"],
    });
    const operations = ["createFunction", "updateFunctionCode", "asyncInvokeFunction"];
    expect(log.filter(({ level }: { level: string }) => level === "error")).toEqual(
      operations.map((operationId) => ({
        time: expect.any(String),
        level: "error",
        message: expect.stringMatching(`^${sentence}$`),
        requestId: expect.any(String),
        operationId,
      })),
    );
    const done = ["SUCCESS", "SUCCESS", "SUCCESS"];
    expect(room).toEqual({ create: 200, code: 200, asynchronous: 202, cold: [200, 1], statuses: done });
    expect(restart).toBe(
      `DataFolderError: The data folder ${join(disk, "data")} cannot be used: its disk is full. Make room, or choose another data folder.`,
    );
    expect(reopened).toEqual({ names: ["cold", "first", "second", "slow"], answer: [200, 2] });
  });
});
