import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchRequest, runIn, sandboxPlace, sandboxRoot, textOf } from "../../test/support/sandbox-place.ts";
import type { Workplace } from "../runtime/contract.ts";
import { findProgram } from "./bubblewrap-trial.ts";
import type { Launched, LaunchRequest, Sandbox, SandboxLevel } from "./contract.ts";
import { createSandbox } from "./create-sandbox.ts";
import { isDiskFull } from "./disk-use.ts";

const node = process.execPath;
const sh = "/bin/sh";
const linux = process.platform === "linux";
const bubblewrap = linux && findProgram("bwrap") !== undefined;
if (!bubblewrap)
  console.warn("Tests of the level namespaces are left out: bubblewrap (bwrap) is not installed.");

const root = sandboxRoot();
let places = 0;
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Processes of this machine, not ended ones, whose environment or arguments have a text; bubblewrap's own are among them. */
function processesWith(token: string, file: "environ" | "cmdline" = "environ"): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/${file}`, "latin1").includes(token);
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe.each<SandboxLevel>(bubblewrap ? ["process", "namespaces"] : ["process"])(
  "A sandbox of the level %s",
  (level) => {
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await createSandbox({ root, wanted: level });
    });
    afterAll(() => sandbox.close());

    const place = (): Workplace => sandboxPlace(root, level, String(places++));
    const request = (command: readonly [string, ...string[]], more?: Partial<LaunchRequest>): LaunchRequest =>
      launchRequest(place(), command, more);
    const shell = (script: string, more?: Partial<LaunchRequest>) =>
      runIn(sandbox, request([sh, "-c", script], more));
    const started = (launched: Launched): Promise<unknown> => once(launched.output, "data");

    it("tells its level", () => {
      expect(sandbox.level).toBe(level);
      expect(sandbox.description).toMatch(
        level === "process" ? /processes of this user.*asked for/ : /namespaces/,
      );
    });

    it("gives both outputs in the order of writing, and the exit code", async () => {
      const script =
        "for i in 1 2 3; do echo out $i; echo err $i >&2; echo dev $i > /dev/stderr; done; exit 7";
      const { text, ...end } = await shell(script);
      expect(text).toBe([1, 2, 3].map((i) => `out ${i}\nerr ${i}\ndev ${i}\n`).join(""));
      expect(end).toEqual({ code: 7, signal: null, outOfMemory: false });
    });

    it("tells the signal that ended it", async () => {
      expect(await shell("kill -TERM $$")).toEqual({
        text: "",
        code: null,
        signal: "SIGTERM",
        outOfMemory: false,
      });
    });

    it("gives an environment of what was asked for", async () => {
      const script = "console.log(JSON.stringify(process.env))";
      const environment = { A: "1", B: "two words", "odd.name": "3", LD_ODD: "4" };
      const { text } = await runIn(sandbox, request([node, "-e", script], { environment }));
      const { PWD, FUNCTIONGRAPH_INSTANCE, ...seen } = JSON.parse(text);
      expect(seen).toEqual(environment);
      expect(FUNCTIONGRAPH_INSTANCE === undefined).toBe(level === "namespaces");
    });

    it("starts in the working folder, with an empty input and few open files", async () => {
      const { text } = await shell("pwd; cat; ulimit -n; ulimit -c");
      expect(text).toMatch(/\n2048\n0\n$/);
      if (level === "namespaces") expect(text).toMatch(/^\/opt\/function\n/);
    });

    it.skipIf(!linux).each([
      { channel: true, want: ["0", "1", "2", "3"] },
      { channel: false, want: ["0", "1", "2"] },
    ])("gives no other descriptors: channel $channel", async ({ channel, want }) => {
      // A shell's own loop opens nothing that the test of a path does not close.
      const script = "for n in $(seq 0 1100); do [ -e /proc/$$/fd/$n ] && echo $n; done";
      expect((await shell(script, { channel })).text.trim().split("\n")).toEqual(want);
    });

    it("gives a channel in both directions", async () => {
      const script = "const s = new (require('net').Socket)({ fd: 3 }); s.pipe(s)";
      const launched = await sandbox.launch(request([node, "-e", script], { channel: true }));
      const received: Buffer[] = [];
      const big = Buffer.alloc(3_000_000, "x");
      const all = (async () => {
        for await (const chunk of launched.channel ?? []) received.push(Buffer.from(chunk));
      })();
      launched.channel?.end(big);
      await all;
      expect(Buffer.concat(received).equals(big)).toBe(true);
      expect(await launched.exited).toMatchObject({ code: 0 });
    });

    it("ends the channel and the output with the process", async () => {
      const launched = await sandbox.launch(request([sh, "-c", "exit 0"], { channel: true }));
      const closed = new Promise((resolve) => launched.channel?.resume().once("close", resolve));
      await Promise.all([closed, textOf(launched)]);
      expect(await launched.exited).toMatchObject({ code: 0 });
    });

    it("says by the exit code that there is no such program", async () => {
      const { code, outOfMemory } = await runIn(sandbox, request(["/nowhere/program"]));
      expect([code !== 0, outOfMemory]).toEqual([true, false]);
    });

    it.skipIf(!linux)(
      "kills at once all that was started, those with sessions of their own too",
      async () => {
        const token = `TOKEN=kill-${level}-${process.pid}`;
        const script =
          "(setsid sleep 100 &) ; sh -c 'sleep 100 & exec sleep 100' & sleep 100 & echo ready; wait";
        const environment = { TOKEN: token.slice(6), PATH: "/usr/bin:/bin" };
        const launched = await sandbox.launch(request([sh, "-c", script], { environment }));
        await started(launched);
        // The shell does not wait for what it starts, and a process that is just becoming another shows no environment for a moment.
        await expect.poll(() => processesWith(token).length, { interval: 5 }).toBeGreaterThan(3);
        const start = performance.now();
        launched.kill();
        expect(await launched.exited).toEqual({ code: null, signal: "SIGKILL", outOfMemory: false });
        const took = performance.now() - start;
        await vanished(token);
        expect(took).toBeLessThan(1000);
        launched.kill();
      },
    );

    it.skipIf(!linux)("leaves nothing of a process that ended by itself", async () => {
      const token = `TOKEN=end-${level}-${process.pid}`;
      const environment = { TOKEN: token.slice(6), PATH: "/usr/bin:/bin" };
      const launched = await sandbox.launch(
        request([sh, "-c", "setsid sleep 100 & sleep 100 & exit 3"], { environment }),
      );
      expect(await launched.exited).toMatchObject({ code: 3 });
      await vanished(token);
    });

    it.skipIf(!linux).each([
      { name: "in a session of its own", script: "env -i setsid sleep" },
      { name: "with another mark", script: "env -i FUNCTIONGRAPH_INSTANCE=other setsid sleep" },
      {
        name: "without parent and files",
        script: "cd /; exec 1>/dev/null 2>&1; env -i setsid sh -c '(sleep",
      },
    ])("finds what a function starts with another environment, $name", async ({ script }) => {
      const seconds = `100.${places}${process.pid}${level.length}`;
      const end = script.includes("'(") ? " &)'" : "";
      const sleepers = (): number[] => processesWith(`sleep\0${seconds}`, "cmdline");
      const launched = await sandbox.launch(
        request([sh, "-c", `(${script} ${seconds}${end}) & echo ready; sleep 100`], {
          environment: { PATH: "/usr/bin:/bin" },
        }),
      );
      await started(launched);
      await expect.poll(sleepers, { interval: 5 }).toHaveLength(1);
      launched.kill();
      await launched.exited;
      await expect.poll(sleepers, { interval: 5, timeout: 1000 }).toEqual([]);
    });

    it.skipIf(!linux)("measures what has an environment and a session of its own", async () => {
      const hungry = "import time; a = b'x' * 90_000_000; time.sleep(20)";
      const script = `(env -i setsid /usr/bin/python3 -c "${hungry}" &); (env -i setsid /usr/bin/python3 -c "${hungry}" &); echo ready; sleep 100`;
      const launched = await sandbox.launch(
        request([sh, "-c", script], { memoryMb: 128, environment: { PATH: "/usr/bin:/bin" } }),
      );
      launched.watch(true);
      await started(launched);
      expect(await launched.exited).toMatchObject({ outOfMemory: true });
    });

    it("kills many at once and starts many at once", async () => {
      const all = await Promise.all(
        Array.from({ length: 40 }, () => sandbox.launch(request([sh, "-c", "echo ready; exec sleep 100"]))),
      );
      await Promise.all(all.map(started));
      for (const launched of all) launched.kill();
      const ends = await Promise.all(all.map(({ exited }) => exited));
      expect(new Set(ends.map(({ signal }) => signal))).toEqual(new Set(["SIGKILL"]));
    });

    it.skipIf(!linux).each<{ name: string; command: readonly [string, ...string[]]; later?: boolean }>([
      { name: "heap", command: [node, "-e", "const a = []; for (;;) a.push(new Array(1e5).fill(a.length))"] },
      {
        name: "heap, with V8's own limit",
        command: [node, "--max-old-space-size=60", "-e", "const a = []; for (;;) a.push({ a })"],
      },
      { name: "Buffers", command: [node, "-e", "const a = []; for (;;) a.push(Buffer.alloc(1e7, 1))"] },
      {
        name: "Buffers, limit set later",
        command: [node, "-e", "const a = []; for (;;) a.push(Buffer.alloc(1e7, 1))"],
        later: true,
      },
      {
        name: "shared memory",
        command: [
          "/usr/bin/python3",
          "-c",
          "import mmap\nm = mmap.mmap(-1, 1 << 30)\nfor i in range(0, 1 << 30, 4096): m[i] = 1\nimport time; time.sleep(9)",
        ],
      },
      {
        name: "bytearrays",
        command: ["/usr/bin/python3", "-c", "a = []\nwhile True: a.append(bytearray(b'x' * 10_000_000))"],
      },
      {
        name: "one allocation of far too much",
        command: ["/usr/bin/python3", "-c", "a = b'x' * 4_000_000_000"],
      },
      {
        name: "children",
        command: [
          sh,
          "-c",
          "for i in 1 2 3 4; do /usr/bin/python3 -c 'import time; a = b\"x\" * 40_000_000; time.sleep(20)' & done; wait",
        ],
      },
    ])("ends what takes more memory than it may: $name", async ({ command, later }) => {
      const launched = await sandbox.launch(request(command, later ? {} : { memoryMb: 128 }));
      if (later) await launched.limitMemory(128);
      launched.watch(true);
      const text = textOf(launched);
      expect(await launched.exited, await text).toMatchObject({ outOfMemory: true });
      expect(launched.peakMb()).toBeLessThan(1200);
    });

    it("ends what fills its /tmp, and tells it apart", async () => {
      const mine = place();
      const script = `mkdir ${mine.seen.temporary}/d; head -c 9000000 /dev/zero > ${mine.seen.temporary}/d/a; sleep 100`;
      const launched = await sandbox.launch(launchRequest(mine, [sh, "-c", script], { temporaryMb: 8 }));
      launched.watch(true);
      expect(await launched.exited).toMatchObject({ outOfMemory: false, diskFull: true });
    });

    it("lets live what keeps below the size of its /tmp", async () => {
      const mine = place();
      const script = `head -c 7000000 /dev/zero > ${mine.seen.temporary}/a; echo ready; sleep 0.3; exit 3`;
      const launched = await sandbox.launch(launchRequest(mine, [sh, "-c", script], { temporaryMb: 8 }));
      launched.watch(true);
      await started(launched);
      expect(isDiskFull(mine)).toBe(false);
      expect(await launched.exited).toMatchObject({ code: 3 });
    });

    it.skipIf(!linux)("measures memory, and lets live what stays below its limit", async () => {
      const script =
        "const a = Buffer.alloc(60e6, 1); console.log('ready'); setTimeout(() => process.exit(a.length > 9 ? 0 : 1), 200)";
      const launched = await sandbox.launch(request([node, "-e", script], { memoryMb: 128 }));
      launched.watch(true);
      await started(launched);
      await expect.poll(() => launched.memoryMb(), { interval: 5 }).toBeGreaterThan(57);
      expect(await launched.exited).toEqual({ code: 0, signal: null, outOfMemory: false });
      expect(launched.peakMb()).toBeLessThan(100);
    });

    it.skipIf(!linux)("does not count twice what processes share after a fork", async () => {
      const script =
        "const a = Buffer.alloc(90e6, 1); for (let i = 0; i < 60; i++) require('child_process').spawnSync('/bin/true'); process.exit(a[0])";
      const launched = await sandbox.launch(request([node, "-e", script], { memoryMb: 128 }));
      launched.watch(true);
      expect(await launched.exited).toEqual({ code: 1, signal: null, outOfMemory: false });
    });

    it("does not take a crash for lack of memory", async () => {
      expect(await shell("echo no MemoryError here; kill -SEGV $$", { memoryMb: 128 })).toMatchObject({
        signal: "SIGSEGV",
        outOfMemory: false,
      });
    });

    it("lets a network server be reached where the network is this machine's", async () => {
      const server = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      const port = typeof address === "object" ? address?.port : 0;
      const script = `fetch("http://127.0.0.1:${port}").then((r) => r.text()).then(console.log, () => console.log("none"))`;
      const reach = async (network: "host" | "own") =>
        (await runIn(sandbox, request([node, "-e", script], { network }))).text;
      expect(await reach("host")).toBe("hello\n");
      if (level === "namespaces") expect(await reach("own")).toBe("none\n");
      server.closeAllConnections();
      server.close();
    });

    if (level === "process") return;

    it("shows code, /tmp and the system, and neither homes nor other places", async () => {
      const other = place();
      writeFileSync(join(other.codeFolder, "secret"), "secret");
      const mine = place();
      writeFileSync(join(mine.codeFolder, "index.js"), "module.exports = 1");
      const list = ["/opt/function", "/opt/function/code", "/tmp", "/home", "/var", "/"];
      const script = `for (const f of ${JSON.stringify(list)}) console.log(require("fs").readdirSync(f).join(" "))`;
      const { text } = await runIn(sandbox, launchRequest(mine, [node, "-e", script]));
      const [opt, code, temporary, home, variable, top] = text.trim().split("\n");
      expect([opt, code, temporary, home, variable]).toEqual(["code", "index.js", "", "snuser", "tmp"]);
      const known = [
        "bin",
        "dev",
        "etc",
        "gnu",
        "home",
        "lib",
        "lib32",
        "lib64",
        "libx32",
        "nix",
        "opt",
        "proc",
        "sbin",
        "tmp",
        "usr",
        "var",
      ];
      expect(top?.split(" ").filter((name) => !known.includes(name))).toEqual([]);
      const hidden = [
        other.codeFolder,
        mine.folder,
        root,
        "/root",
        "/etc/shadow",
        "/etc/ssl/private",
        import.meta.dirname,
        "/sys",
        "/run",
      ];
      const { text: found } = await shell(
        `for f in ${hidden.join(" ")}; do [ -e "$f" ] && echo "$f"; done; true`,
      );
      expect(found).toBe("");
    });

    it("shows files that come into the code folder later", async () => {
      const mine = place();
      const script = "echo ready; read line <&3; cat code/late";
      const launched = await sandbox.launch(launchRequest(mine, [sh, "-c", script], { channel: true }));
      await started(launched);
      writeFileSync(join(mine.codeFolder, "late"), "here");
      launched.channel?.write("go\n");
      expect(await textOf(launched)).toBe("here");
    });

    it("is written to in /tmp and nowhere else", async () => {
      const folders = [
        "/",
        "/opt",
        "/opt/function",
        "/opt/function/code",
        "/usr",
        "/etc",
        "/dev",
        "/home/snuser",
        "/var",
        "/proc",
      ];
      const { text } = await shell(
        `cd /; for f in ${folders.join(" ")} /tmp /var/tmp /dev/shm; do (echo > $f/x) 2>/dev/null && echo $f; done; true`,
      );
      expect(text).toBe("/tmp\n/var/tmp\n/dev/shm\n");
    });

    it("cannot open for writing anything of the kernel's, whoever the emulator runs as", async () => {
      // It opens and closes; nothing is ever written.
      const script = `
        const { readdirSync, openSync, closeSync, constants } = require("fs");
        let tried = 0;
        const look = (folder) => {
          let entries = [];
          try { entries = readdirSync(folder, { withFileTypes: true }); } catch {}
          for (const entry of entries) {
            const path = folder + "/" + entry.name;
            if (/^[/]proc[/](\\d+|self|thread-self)$/.test(path) || entry.isSymbolicLink()) continue;
            if (entry.isDirectory()) { look(path); continue; }
            tried += 1;
            try { closeSync(openSync(path, constants.O_WRONLY)); console.log("writable", path); }
            catch (error) { if (!/EROFS|EACCES|EPERM/.test(error.code)) console.log(error.code, path); }
          }
        };
        look("/proc");
        for (const path of ["/proc/self/oom_score_adj", "/proc/1/oom_score_adj", "/proc/sysrq-trigger"])
          try { closeSync(openSync(path, constants.O_WRONLY)); console.log("writable", path); } catch {}
        for (const path of ["/proc/kcore", "/proc/kmsg", "/dev/mem", "/dev/kmsg"])
          try { closeSync(openSync(path)); console.log("readable", path); } catch {}
        console.log(tried > 100 ? "many tried" : "tried " + tried);`;
      expect((await runIn(sandbox, request([node, "-e", script]))).text).toBe("many tried\n");
    });

    it("has no rights over the kernel and gets none in namespaces of its own", async () => {
      const script =
        "grep -E '^Cap(Eff|Prm|Bnd|Amb)|^NoNewPrivs' /proc/self/status; unshare -Ur echo inside 2>/dev/null; true";
      const none = ["Prm", "Eff", "Bnd", "Amb"].map((name) => `Cap${name}:\t0000000000000000\n`).join("");
      expect((await shell(script)).text).toBe(`${none}NoNewPrivs:\t1\n`);
    });

    it("has a /tmp of the size that was asked for, of its own", async () => {
      const { text } = await shell(
        "head -c 3000000 /dev/zero > /tmp/a && echo fits; head -c 3000000 /dev/zero > /tmp/b || ls /tmp",
        { temporaryMb: 5 },
      );
      expect(text).toMatch(/^fits\n.*No space left on device\na\nb\n$/);
      expect((await shell("ls /tmp")).text).toBe("");
    });

    it("runs as user 1003, which has a name, and sees no other processes", async () => {
      const script =
        "const o = require('os'); console.log(o.userInfo().uid, process.getgid(), o.userInfo().username, require('fs').readdirSync('/proc').filter((n) => n > 0).length)";
      expect((await runIn(sandbox, request([node, "-e", script]))).text).toBe("1003 1003 snuser 2\n");
    });

    it("has a loopback interface in a network of its own", async () => {
      const script =
        "const s = require('http').createServer((q, r) => r.end('own')).listen(8000, '127.0.0.1', async () => { console.log(await (await fetch('http://127.0.0.1:8000')).text()); process.exit() })";
      const several = [1, 2].map(() => runIn(sandbox, request([node, "-e", script], { network: "own" })));
      for (const { text } of await Promise.all(several)) expect(text).toBe("own\n");
    });

    it("maps programs to paths of the service, which find what belongs to them", async () => {
      const mapped: Record<string, string> = {
        "/opt/function/runtime/nodejs20.15/rtsp/nodejs/bin/node": node,
      };
      const java = "/usr/bin/java";
      if (existsSync(java)) mapped["/opt/function/runtime/java17/rtsp/jre/bin/java"] = java;
      mapped["/opt/function/runtime/own.txt"] = join(import.meta.dirname, "sandbox-levels.test.ts");
      const script = `${Object.keys(mapped)
        .filter((path) => !path.endsWith(".txt"))
        .map((path) => `${path} --version`)
        .join(" && ")} && head -n 1 /opt/function/runtime/own.txt`;
      const { text, code } = await shell(script, { mapped });
      expect(code, text).toBe(0);
      expect(text).toContain(process.version);
      expect(text).toContain("import {");
    });

    it("is gone when bubblewrap is killed from outside", async () => {
      const token = `TOKEN=outside-${process.pid}`;
      const environment = { TOKEN: token.slice(6), PATH: "/usr/bin:/bin" };
      const launched = await sandbox.launch(
        request([sh, "-c", "setsid sleep 100 & echo ready; wait"], { environment }),
      );
      await started(launched);
      process.kill(launched.pid, "SIGKILL");
      expect(await launched.exited).toMatchObject({ signal: "SIGKILL", outOfMemory: false });
      await vanished(token);
    });

    it("is in other namespaces than this program", async () => {
      const { text } = await shell("readlink /proc/self/ns/pid /proc/self/ns/user /proc/self/ns/mnt");
      const own = ["pid", "user", "mnt"].map((name) => readlinkSync(`/proc/self/ns/${name}`));
      expect(
        text
          .trim()
          .split("\n")
          .filter((name) => own.includes(name)),
      ).toEqual([]);
    });
  },
);

/** Waits until no process has a text in its environment: usually a few milliseconds, but a busy machine may take longer. */
async function vanished(token: string): Promise<void> {
  const end = performance.now() + 1000;
  while (processesWith(token).length > 0) {
    if (performance.now() > end) expect(processesWith(token)).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
