import { afterAll, beforeAll, expect, test } from "vitest";
import { type PythonFunctions, pythonFunctions } from "../../../test/support/python-functions.ts";

let functions: PythonFunctions;

beforeAll(async () => {
  functions = await pythonFunctions("process", { warm: 2 });
  functions.adapter.prepare?.("Python3.9");
});

afterAll(() => functions.close());

test("what is written is the log, in its order, and is counted", async () => {
  const one = await functions.start(
    [
      "import os, sys, subprocess, threading",
      "print('loading')",
      "def handler(event, context):",
      "    print('out', 'ä')",
      "    sys.stderr.write('err\\n')",
      "    print('no end', end='')",
      "    sys.stdout.buffer.write(b' raw\\n')",
      "    thread = threading.Thread(target=lambda: print('thread'))",
      "    thread.start()",
      "    thread.join()",
      "    subprocess.run(['/bin/sh', '-c', 'echo child'])",
      "",
    ].join("\n"),
  );
  const { written } = await one.call();
  expect(await one.log((written ?? 0) + "child\n".length)).toBe(
    "loading\nout ä\nerr\nno end raw\nthread\nchild\n",
  );
  expect(written).toBe(Buffer.byteLength("loading\nout ä\nerr\nno end raw\nthread\n"));
  one.worker.kill();
});

test("20,000 lines all come", async () => {
  const one = await functions.start(
    "def handler(event, context):\n    for number in range(20000):\n        print('line', number)\n",
  );
  const { written } = await one.call();
  const lines = (await one.log(written)).trimEnd().split("\n");
  expect(lines).toHaveLength(20_000);
  expect(lines.at(-1)).toBe("line 19999");
  one.worker.kill();
});

test.each([
  ["replaces them", "sys.stdout = io.StringIO(); sys.stderr = None"],
  ["closes them", "sys.stdout.close(); sys.stderr.close()"],
  ["closes descriptors", "os.closerange(1, 64)"],
  [
    "leads descriptor 1 elsewhere",
    "os.dup2(os.open(os.path.join(os.environ['TMPDIR'], 'log'), os.O_CREAT | os.O_WRONLY), 1); print('to the file')",
  ],
])("the function works on when it %s", async (_, statement) => {
  const one = await functions.start(
    `import io, os, sys\ndef handler(event, context):\n    if event == 0:\n        print('before')\n        ${statement}\n    return 'yes'\n`,
  );
  for (const event of [0, 1]) {
    const { code, text, written } = await one.call(event);
    expect([code, text, written]).toEqual([0, "yes", 7]);
  }
  expect(await one.log(7)).toBe("before\n");
  one.worker.kill();
});

test("exceptions of threads go to the log only", async () => {
  const one = await functions.start(
    "import threading\ndef fail():\n    raise ValueError('in a thread')\ndef handler(event, context):\n    thread = threading.Thread(target=fail)\n    thread.start()\n    thread.join()\n    return 'yes'\n",
  );
  const { text, written } = await one.call();
  expect(text).toBe("yes");
  expect(await one.log(written)).toMatch(/ValueError: in a thread\n+$/);
  one.worker.kill();
});

test("programs that the function starts, and children that it forks, do not get the channel", async () => {
  const one = await functions.start(
    [
      "import os, subprocess, stat",
      "def handler(event, context):",
      "    if event == 'fork':",
      "        pid = os.fork()",
      "        if pid:",
      "            os.waitpid(pid, 0)",
      "        return 'parent' if pid else 'child'",
      "    listed = subprocess.run(['/bin/ls', '/proc/self/fd'], stdout=subprocess.PIPE, close_fds=False)",
      "    high = [int(name) for name in os.listdir('/proc/self/fd') if int(name) >= 1000]",
      "    return {'inherited': [name for name in listed.stdout.decode().split() if int(name) >= 1000], 'high': high}",
      "",
    ].join("\n"),
  );
  expect(JSON.parse((await one.call("list")).text)).toEqual({ inherited: [], high: [1000] });
  expect((await one.call("fork")).text).toBe("parent");
  expect((await one.call("fork")).text).toBe("parent");
  one.worker.kill();
});

test("the logger writes time, request and level", async () => {
  const one = await functions.start(
    [
      "def handler(event, context):",
      "    log = context.getLogger()",
      "    log.debug('hidden')",
      "    log.info('hello %s', 'ä')",
      "    log.warning('careful')",
      "    log.setLevel('DEBUG')",
      "    log.debug('shown')",
      "    try:",
      "        1 / 0",
      "    except ZeroDivisionError:",
      "        log.exception('failed')",
      "    log.info('x' * (90 * 1024 + 1))",
      "",
    ].join("\n"),
  );
  const { written } = await one.call({}, { requestId: "id-1" });
  const lines = (await one.log(written)).split("\n");
  const time = String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;
  expect(lines[0]).toMatch(new RegExp(`${time} id-1 INFO hello ä$`));
  expect(lines[1]).toMatch(new RegExp(`${time} id-1 WARNING careful$`));
  expect(lines[2]).toMatch(new RegExp(`${time} id-1 DEBUG shown$`));
  expect(lines[3]).toMatch(new RegExp(`${time} id-1 ERROR failed$`));
  expect(lines).toContain("ZeroDivisionError: division by zero");
  expect(lines.at(-2)).toMatch(new RegExp(`${time} id-1 INFO x$`));
  one.worker.kill();
});

test("calls at the same time run at the same time, each with its own request", async () => {
  const one = await functions.start(
    [
      "import threading",
      "meeting = threading.Barrier(3)",
      "def handler(event, context):",
      "    meeting.wait(10)",
      "    context.getLogger().info(event)",
      "    meeting.wait(10)",
      "    return [event, context.getRequestID(), threading.current_thread() is threading.main_thread()]",
      "",
    ].join("\n"),
    { concurrency: 3 },
  );
  for (const round of ["a", "b"]) {
    const results = await Promise.all(
      [1, 2, 3].map((n) => one.call(`event-${round}${n}`, { requestId: `id-${round}${n}` })),
    );
    expect(results.map(({ text }) => JSON.parse(text).slice(0, 2))).toEqual(
      [1, 2, 3].map((n) => [`event-${round}${n}`, `id-${round}${n}`]),
    );
    expect(results.filter(({ text }) => JSON.parse(text)[2])).toHaveLength(1);
    const log = await one.log(Math.max(...results.map(({ written }) => written ?? 0)));
    for (const n of [1, 2, 3])
      expect(log).toMatch(new RegExp(`Z id-${round}${n} INFO event-${round}${n}$`, "m"));
  }
  one.worker.kill();
});
