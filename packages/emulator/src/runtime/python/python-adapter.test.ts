import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PythonFunctions, pythonFunctions } from "../../../test/support/python-functions.ts";
import { RuntimeFailure } from "../contract.ts";

let functions: PythonFunctions;

beforeAll(async () => {
  functions = await pythonFunctions("process", { warm: 4 });
  functions.adapter.prepare?.("Python3.9");
});

afterAll(() => functions.close());

/** Calls a function once and ends it. */
async function once(
  files: string | Record<string, string>,
  { event, ...change }: { event?: unknown; handler?: string; userData?: Record<string, string> } = {},
): Promise<{ code: number; text: string }> {
  const one = await functions.start(files, change);
  const { code, text } = await one.call(event);
  one.worker.kill();
  return { code, text };
}

/** How the start of a function fails. */
async function failureOf(
  files: string | Record<string, string>,
  change: Parameters<PythonFunctions["start"]>[1] = {},
): Promise<{ code: number; object: Record<string, unknown> }> {
  const one = await functions.make(files, change);
  const failure = await one.worker.initialize().catch((error: unknown) => error);
  one.worker.kill();
  if (!(failure instanceof RuntimeFailure)) throw new Error("It started.");
  const object: Record<string, unknown> = JSON.parse(Buffer.from(failure.payload ?? "").toString());
  expect(object.errorMessage).toBe(failure.message);
  expect(object.errorType).toBe(failure.errorType);
  return { code: failure.code, object };
}

describe("results", () => {
  test.each([
    ["None", ""],
    ["'plain: ä €'", "plain: ä €"],
    ["''", ""],
    ["b'\\x41bytes'", "Abytes"],
    ["bytearray(b'more')", "more"],
    ["{'a': [1, 2.5, None, True], 'ä': '€'}", '{"a": [1, 2.5, null, true], "ä": "€"}'],
    ["{'half': '\\ud800'}", '{"half": "\\ud800"}'],
    ["[event, 1]", '[{"key": "välue"}, 1]'],
    ["42", "42"],
    ["False", "false"],
  ])("%s becomes %s", async (expression, want) => {
    const source = `def handler(event, context):\n    return ${expression}\n`;
    expect(await once(source, { event: { key: "välue" } })).toEqual({ code: 0, text: want });
  });

  test.each([
    [
      "object()",
      4007,
      "TypeError",
      "function result is invalid, error: Object of type object is not JSON serializable",
    ],
    ["recursive", 4007, "ValueError", "function result is invalid, error: Circular reference detected"],
    [
      "'x' * 6291457",
      4004,
      "FunctionResponseTooLarge",
      "response body size 6291457 exceeds the limit of 6291456",
    ],
    [
      "['é' * 3145727]",
      4004,
      "FunctionResponseTooLarge",
      "response body size 6291458 exceeds the limit of 6291456",
    ],
  ])("%s is refused", async (expression, code, errorType, errorMessage) => {
    const source = `recursive = []\nrecursive.append(recursive)\ndef handler(event, context):\n    return ${expression}\n`;
    const { code: got, text } = await once(source);
    // Some versions put the type in quotes.
    expect([got, JSON.parse(text.replaceAll("'", ""))]).toEqual([code, { errorMessage, errorType }]);
  });

  test("6 MB go both ways", async () => {
    const one = await functions.start("def handler(event, context):\n    return event['text']\n");
    const big = "y".repeat(6 * 1024 * 1024);
    const result = await one.call({ text: big });
    one.worker.kill();
    expect(result.code).toBe(0);
    expect(result.payload.byteLength).toBe(big.length);
    expect(result.text === big).toBe(true);
  });
});

describe("errors of calls", () => {
  test("an exception becomes the error object, with paths from the code's folder on", async () => {
    const { code, text } = await once(
      {
        "src/index.py":
          "from src.inner import fail\nclass Odd(Exception):\n    pass\ndef handler(event, context):\n    try:\n        fail()\n    except ValueError:\n        raise Odd('it broke')\n",
        "src/inner.py": "def fail():\n    raise ValueError('inner')\n",
      },
      { handler: "src/index.handler" },
    );
    expect([code, JSON.parse(text)]).toEqual([
      4002,
      {
        errorMessage: "function invocation exception, error: it broke",
        errorType: "Odd",
        stackTrace: [`File "./src/index.py", line 8, in handler\n    raise Odd('it broke')`],
      },
    ]);
    expect(text).toContain('\n    "errorType"');
  });

  test.each([
    ["1 / 0", 4002, "ZeroDivisionError", "function invocation exception, error: division by zero"],
    ["exit(3)", 4001, "SystemExit", "function entry exception, error: user code sys.exit()"],
    ["raise KeyboardInterrupt()", 4002, "KeyboardInterrupt", "function invocation exception, error: "],
    [
      "handler(event, context)",
      4002,
      "RecursionError",
      /^function invocation exception, error: maximum recursion depth exceeded/,
    ],
    ["raise Unshown()", 4002, "Unshown", "function invocation exception, error: the exception has no text"],
  ])("%s", async (statement, code, errorType, message) => {
    const source = `class Unshown(Exception):\n    def __str__(self):\n        raise ValueError()\ndef handler(event, context):\n    ${statement}\n`;
    const { code: got, text } = await once(source);
    const object: Record<string, unknown> = JSON.parse(text);
    expect([got, object.errorType]).toEqual([code, errorType]);
    expect(object.errorMessage).toEqual(
      typeof message === "string" ? message : expect.stringMatching(message),
    );
    expect(object.stackTrace).toEqual(expect.any(Array));
  });

  test("a very long text is cut", async () => {
    const { code, text } = await once("def handler(event, context):\n    raise ValueError('x' * 20000000)\n");
    expect(code).toBe(4002);
    expect(JSON.parse(text).errorMessage).toMatch(/^function invocation exception, error: x{262144}$/);
  });

  test("an event that is no JSON", async () => {
    const one = await functions.start("def handler(event, context):\n    return event\n");
    const result = await one.call(Buffer.from("{oops"));
    const empty = await one.call(Buffer.alloc(0));
    one.worker.kill();
    expect(result.code).toBe(4002);
    expect(JSON.parse(result.text).errorMessage).toMatch(
      /^function invocation exception, error: Expecting property name/,
    );
    expect(empty.text).toBe("{}");
  });

  test("a handler with other parameters", async () => {
    const { code, text } = await once("def handler(event):\n    return event\n");
    expect([code, JSON.parse(text).errorType]).toEqual([4002, "TypeError"]);
  });

  test("an instance goes on after an exception, and ends with os._exit", async () => {
    const one = await functions.start(
      "import os\ndef handler(event, context):\n    if event == 1: raise ValueError('no')\n    if event == 2: os._exit(7)\n    return 'yes'\n",
    );
    expect((await one.call(1)).code).toBe(4002);
    expect((await one.call(0)).text).toBe("yes");
    void one.call(2);
    expect((await one.worker.exited).code).toBe(7);
  });

  test("memory that is not to be had ends the instance as the limit does", async () => {
    const one = await functions.start(
      "def handler(event, context):\n    return len(bytearray(event)) if event else 'small'\n",
    );
    expect((await one.call(0)).text).toBe("small");
    void one.call(2 ** 50);
    expect((await one.worker.exited).outOfMemory).toBe(true);
    expect(await one.log()).toContain("in handler");
  });
});

describe("errors of loading", () => {
  test.each([
    [
      "no such file",
      "x = 1\n",
      "other.handler",
      4001,
      "FunctionLoadError",
      "function entry exception, error: not found module './other.py'",
    ],
    [
      "no such file in a folder",
      "x = 1\n",
      "a/b.handler",
      4001,
      "FunctionLoadError",
      "function entry exception, error: not found module './a/b.py'",
    ],
    [
      "a file outside",
      "x = 1\n",
      "../x.handler",
      4001,
      "FunctionLoadError",
      "function entry exception, error: not found module './../x.py'",
    ],
    [
      "a module of Python itself",
      "x = 1\n",
      "json.dumps",
      4001,
      "FunctionLoadError",
      "function entry exception, error: not found module './json.py'",
    ],
    [
      "a module of Python that nothing has loaded",
      "x = 1\n",
      "html.escape",
      4001,
      "FunctionLoadError",
      "function entry exception, error: not found module './html.py'",
    ],
    [
      "no such function",
      "x = 1\n",
      "index.handler",
      4001,
      "FunctionConfigError",
      "function entry exception, error: handler 'handler' not found in module './index.py'",
    ],
    [
      "no function",
      "handler = 1\n",
      "index.handler",
      4001,
      "FunctionConfigError",
      "function entry exception, error: handler 'handler' not found in module './index.py'",
    ],
    [
      "no file",
      "x = 1\n",
      "handler",
      4001,
      "FunctionConfigError",
      "function entry exception, error: handler 'handler' is not of the form file.function",
    ],
  ])("%s", async (_, source, handler, code, errorType, errorMessage) => {
    expect(await failureOf(source, { handler })).toEqual({ code, object: { errorMessage, errorType } });
  });

  test("a mistake in the language", async () => {
    const { code, object } = await failureOf("def handler(event, context):\n    return (\n\n\ndef x: pass\n");
    expect([code, object.errorType]).toEqual([4002, "SyntaxError"]);
    expect(object.errorMessage).toMatch(
      /^function invocation exception, error: Syntax error in module 'index'\(.* \(index\.py, line \d\)\)$/,
    );
    expect(object.stackTrace).toEqual([expect.stringMatching(/^File "\.\/index\.py", line \d/)]);
  });

  test("a missing dependency, named as what is missing", async () => {
    const { code, object } = await failureOf("import functiongraph_missing\n");
    expect(code).toBe(4002);
    expect(object).toEqual({
      errorMessage: "function invocation exception, error: No module named 'functiongraph_missing'",
      errorType: "ModuleNotFoundError",
      stackTrace: [`File "./index.py", line 1, in <module>\n    import functiongraph_missing`],
    });
  });

  test("an exception and an exit while the module loads", async () => {
    expect(await failureOf("raise ValueError('early')\n")).toMatchObject({
      code: 4002,
      object: { errorMessage: "function invocation exception, error: early", errorType: "ValueError" },
    });
    expect(await failureOf("import sys\nsys.exit(1)\n")).toMatchObject({
      code: 4001,
      object: { errorType: "SystemExit" },
    });
  });
});

describe("modules", () => {
  const source = "import helper\ndef handler(event, context):\n    return helper.name + ' ' + __name__\n";
  test.each([
    ["src/index.handler", { "src/index.py": source, "helper.py": "name = 'root'\n" }, "root src.index"],
    ["src.index.handler", { "src/index.py": source, "helper.py": "name = 'root'\n" }, "root src.index"],
    [
      "my-app/do it.handler",
      { "my-app/do it.py": source, "helper.py": "name = 'root'\n" },
      "root my-app.do it",
    ],
    [
      "with.dots.handler",
      { "with.dots.py": source, "helper.py": "name = 'root'\n" },
      "root function_with_dots",
    ],
    [
      "test/index.handler",
      { "test/index.py": source, "helper.py": "name = 'root'\n" },
      "root function_test_index",
    ],
    [
      "test/index.handler",
      { "test/index.py": source, "helper.py": "name = 'root'\n" },
      "root function_test_index",
    ],
    ["json.handler", { "json.py": source, "helper.py": "name = 'root'\n" }, "root function_json"],
    [
      "pkg.handler",
      {
        "pkg/__init__.py": "from .part import handler\n",
        "pkg/part.py": source,
        "helper.py": "name = 'p'\n",
      },
      "p pkg.part",
    ],
  ])("the handler %s is found", async (handler, files, want) => {
    expect(await once(files, { handler })).toEqual({ code: 0, text: want });
  });

  test("the function starts in its folder, with nothing but its own modules and Python's", async () => {
    const { text } = await once(
      "import os, sys\ndef handler(event, context):\n    return [os.getcwd(), sys.path[0], sys.argv, os.path.exists('code/index.py'), [p for p in sys.path if 'runners' in p]]\n",
    );
    const [folder, first, args, relative, runners] = JSON.parse(text);
    expect([first, args, relative, runners]).toEqual([`${folder}/code`, [""], true, []]);
  });

  test("modules are also looked for in the folders of PYTHONPATH, after the function's own and before Python's", async () => {
    const { text } = await once(
      {
        "index.py":
          "import sys, shared, own, this\ndef handler(event, context):\n    return [shared.name, own.name, this.name, sys.path[1:3]]\n",
        "own.py": "name = 'own'\n",
        "libs/own.py": "name = 'other'\n",
        "libs/shared.py": "name = 'shared'\n",
        "libs/this.py": "name = 'another'\n",
      },
      // From the folder on in which functions start.
      { userData: { PYTHONPATH: "code/libs::/nowhere" } },
    );
    const libs = expect.stringMatching(/^\/.*\/code\/libs$/);
    expect(JSON.parse(text)).toEqual(["shared", "own", "another", [libs, "/nowhere"]]);
  });

  test("the environment is the function's", async () => {
    const { text } = await once("import os\ndef handler(event, context):\n    return dict(os.environ)\n", {
      userData: { COLOUR: "grün" },
    });
    const environment = JSON.parse(text);
    expect(environment).toMatchObject({
      COLOUR: "grün",
      RUNTIME_FUNC_NAME: "hello",
      RUNTIME_USERDATA: '{"COLOUR":"grün"}',
    });
    expect(existsSync(environment.TMPDIR)).toBe(true);
    expect(Object.keys(environment).filter((name) => name.startsWith("VITEST"))).toEqual([]);
  });
});

describe("initializer and pre-stop", () => {
  const source = [
    "import json, sys",
    "seen = []",
    "def setUp(context):",
    "    seen.append([context.getFunctionName(), context.getRequestID()])",
    "    print('initialized')",
    "    return 'ignored'",
    "def handler(event, context):",
    "    seen.append('call')",
    "    return seen",
    "def bye(context):",
    "    print('bye', context.getFunctionName())",
    "def leave():",
    "    print('left')",
    "def broken(context):",
    "    raise ValueError('cannot stop')",
    "def fails(context):",
    "    raise KeyError('setting')",
    "def leaves(context):",
    "    sys.exit(2)",
    "",
  ].join("\n");
  const initializer = (handler: string) => ({ initializer: { handler, timeout: 3 } });

  test("the initializer runs once, before the first call", async () => {
    const one = await functions.start(source, initializer("index.setUp"));
    await one.call();
    const { text, written } = await one.call();
    const log = await one.log(written);
    one.worker.kill();
    expect(JSON.parse(text)).toEqual([["hello", ""], "call", "call"]);
    expect(log).toBe("initialized\n");
  });

  test.each([
    ["index.fails", "KeyError", "function initialization exception, error: 'setting'"],
    ["index.leaves", "SystemExit", "function initialization exception, error: user code sys.exit()"],
    [
      "index.none",
      "FunctionConfigError",
      "function initialization exception, error: initializer 'none' not found in module './index.py'",
    ],
    [
      "other.none",
      "FunctionLoadError",
      "function initialization exception, error: not found module './other.py'",
    ],
  ])("the initializer %s fails with 4009", async (handler, errorType, errorMessage) => {
    expect(await failureOf(source, initializer(handler))).toMatchObject({
      code: 4009,
      object: { errorMessage, errorType },
    });
  });

  test.each([
    ["index.bye", /^bye hello\n$/],
    ["index.leave", /^left\n$/],
    ["index.broken", /^Traceback[\s\S]*ValueError: cannot stop\n$/],
    ["index.none", /^function entry exception, error: handler 'none' not found/],
  ])("the pre-stop method %s runs at the end", async (handler, want) => {
    const one = await functions.start(source, { preStop: { handler, timeout: 3 } });
    await one.call();
    await one.worker.preStop();
    expect((await one.worker.exited).code).toBe(0);
    expect(await one.log(5)).toMatch(want);
  });
});
