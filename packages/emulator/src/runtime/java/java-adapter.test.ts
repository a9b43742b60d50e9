import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  foundJava,
  type JavaFunctions,
  type JavaInstance,
  javaFunctions,
} from "../../../test/support/java-functions.ts";
import { writeZip, type ZipFile } from "../../zip/write-zip.ts";
import { RuntimeFailure } from "../contract.ts";

const title = "reason" in foundJava ? `the Java adapter (skipped: ${foundJava.reason})` : "the Java adapter";

describe.skipIf("reason" in foundJava)(title, () => {
  let functions: JavaFunctions;
  let classes: ZipFile[];
  let jar: Uint8Array;
  /** One instance for all that does not end it. */
  let acts: JavaInstance;

  beforeAll(async () => {
    functions = await javaFunctions("process", 1);
    classes = await functions.classes("java");
    jar = await writeZip(classes);
    acts = await functions.start(jar, { hasAgency: true });
  }, 60_000);
  afterAll(() => functions?.close());

  it.each<[string, unknown, string]>([
    ["an object", { a: [1, 2.5, true, null, "ü\n\u0001"] }, '{"a":[1,2.5,true,null,"ü\\n\\u0001"]}'],
    ["a text, as it is", "plain", "plain"],
    ["a large whole number", 9007199254740991, "9007199254740991"],
    ["false", false, "false"],
    ["an empty list", [], "[]"],
    ["null, as nothing", null, ""],
  ])("returns %s", async (_, value, want) => {
    expect(await acts.call({ act: "echo", value })).toMatchObject({ code: 0, text: want });
  });

  it("keeps one object for all calls", async () => {
    const { text } = await acts.call({ act: "calls" });
    expect(await acts.call({ act: "calls" })).toMatchObject({ text: String(Number(text) + 1) });
  });

  it("gives the context, the environment and the folders", async () => {
    const { text } = await acts.call({}, { alias: "stable" });
    const { place } = acts.worker;
    expect(JSON.parse(text)).toEqual({
      requestId: expect.stringMatching(/^request-\d+$/),
      keys: [
        "EXAMPLEACCESSKEY0001",
        "example-secret-key",
        "example-token",
        "EXAMPLETEMPORARYKEY1",
        "example-temporary-secret-key",
        "example-security-token",
      ],
      userData: ["blue", "null"],
      function: ["hello", "latest", "default", "05a0c1ab3f4d4e2d8c6f7a9b1c2d3e4f", "stable"],
      numbers: [10, 128, 300],
      workflow: "",
      environment: ["blue", "hello", "null"],
      folders: [place.seen.root, place.seen.temporary],
    });
  });

  it("tells the time that is left", async () => {
    expect(await acts.call({ act: "remaining" })).toMatchObject({ text: "true" });
  });

  it("makes an error object of an exception, pretty-printed, with its cause and without lines of the runner", async () => {
    const { code, text } = await acts.call({ act: "throw" });
    expect(code).toBe(4002);
    expect(text).toBe(JSON.stringify(JSON.parse(text), null, 2));
    const trace = "demo.Acts.act\\(Acts.java:\\d+\\)";
    expect(JSON.parse(text)).toEqual({
      errorMessage: "function invocation exception, error: no stock",
      errorType: "java.lang.IllegalStateException",
      stackTrace: [
        expect.stringMatching(trace),
        "Caused by: java.lang.RuntimeException: empty shelf",
        expect.stringMatching(trace),
      ],
    });
  });

  it.each<[string, unknown, number, string, string]>([
    [
      "an exception without a message",
      { act: "throw silently" },
      4002,
      "function invocation exception, error: java.lang.UnsupportedOperationException",
      "java.lang.UnsupportedOperationException",
    ],
    [
      "endless recursion",
      { act: "overflow" },
      4002,
      "function invocation exception, error: java.lang.StackOverflowError",
      "java.lang.StackOverflowError",
    ],
    [
      "a result that holds itself",
      { act: "circle" },
      4007,
      "function result is invalid, error: the result refers to itself, or is nested deeper than 500 levels",
      "java.lang.IllegalStateException",
    ],
    [
      "a result that is too large",
      { act: "big", size: 6 * 1024 * 1024 + 1 },
      4004,
      "response body size 6291457 exceeds the limit of 6291456",
      "FunctionResponseTooLarge",
    ],
    [
      "an event that is no JSON",
      Buffer.from("{oops"),
      4002,
      "function invocation exception, error: Unexpected 'o' in JSON at position 1",
      "java.lang.IllegalArgumentException",
    ],
    [
      "an event of another type",
      [1],
      4002,
      "function invocation exception, error: Expected an object but was an array at $",
      "java.lang.IllegalArgumentException",
    ],
  ])("answers %s, and goes on", async (_, event, code, errorMessage, errorType) => {
    const result = await acts.call(event);
    expect(result.code).toBe(code);
    expect(JSON.parse(result.text)).toMatchObject({ errorMessage, errorType });
    expect(await acts.call({ act: "echo", value: 1 })).toMatchObject({ code: 0 });
  });

  it("returns the largest result whole", async () => {
    const { code, text } = await acts.call({ act: "big", size: 6 * 1024 * 1024 });
    expect([code, text.length]).toEqual([0, 6 * 1024 * 1024]);
  });

  it("counts what was printed, all of which is the log", async () => {
    const { written: before } = await acts.call({ act: "echo" });
    const { written } = await acts.call({ act: "print" });
    const log = Buffer.from(await acts.printed(written))
      .subarray(before)
      .toString();
    expect([log, written - before]).toEqual(["out ü err\n", 11]);
  });

  it("writes 20,000 lines without loss", async () => {
    const { written } = await acts.call({ act: "lines" });
    const lines = (await acts.printed(written)).trimEnd().split("\n");
    expect(lines.slice(-20_000)).toEqual(Array.from({ length: 20_000 }, (_, i) => `line ${i}`));
  });

  it("logs with time, request and level, from the level that is set", async () => {
    const { written: before } = await acts.call({ act: "echo" });
    const { written } = await acts.call({ act: "log" }, { requestId: "the-request" });
    const log = Buffer.from(await acts.printed(written))
      .subarray(before)
      .toString();
    expect(log).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ the-request plain\n\d{4}-\S+Z the-request WARN careful\n$/,
    );
  });

  it.each<[string, string, string]>([
    ["has nothing to read on standard input", "read", "-1"],
    ["gives programs that it starts its environment, and not its channel", "child", "blue true"],
    ["goes on when standard output is closed", "close", ""],
  ])("%s", async (_, act, want) => {
    expect(await acts.call({ act })).toMatchObject({ code: 0, text: want });
  });

  it("answers when the function has taken standard output away", async () => {
    const one = await functions.start(jar, {});
    for (const attempt of [1, 2])
      expect(await one.call({ act: "drop", attempt })).toMatchObject({ code: 0, text: "dropped" });
  });

  it("has several calls at once", async () => {
    const results = await Promise.all(["a", "b"].map((id) => acts.call({ act: "wait" }, { requestId: id })));
    expect(results.map(({ text }) => text).sort()).toEqual(["a", "b"]);
  });

  it("hands a String the event as it came, and takes the event alone too", async () => {
    const text = await functions.start(jar, { handler: "demo.Acts.text" });
    expect(await text.call(Buffer.from('{ "a" : 1 }'))).toMatchObject({ code: 0, text: '{ "a" : 1 }' });
    const short = await functions.start(jar, { handler: "demo.Acts.short1" });
    expect(await short.call("x")).toMatchObject({ text: 'short "x"' });
  });

  it("binds objects by fields and setters, in a namespace of archives as well as of classes", async () => {
    const order = classes.filter(({ path }) => path.includes("Order"));
    const others = classes.filter(({ path }) => !path.includes("Order"));
    const zip = await writeZip([{ path: "lib/order.jar", bytes: await writeZip(order) }, ...others]);
    const bound = await functions.start(zip, {
      handler: "demo.Acts.order",
      code: { filename: "function.zip" },
    });
    const event = {
      id: "o1",
      state: "PAID",
      items: [{ name: "pen", price: 1.5, count: 2 }, { price: "2" }],
      sizes: { a: [1, 2] },
      urgent: true,
      unknown: {},
    };
    expect(JSON.parse((await bound.call(event)).text)).toEqual({
      id: "o1",
      total: 5,
      state: "PAID",
      items: [
        { name: "pen", price: 1.5, count: 2 },
        { price: 2, count: 1 },
      ],
      sizes: { a: [1, 2] },
      urgent: true,
      note: "checked!",
    });
    expect(JSON.parse((await bound.call({ items: [{ count: 1.5 }] })).text)).toMatchObject({
      errorMessage:
        "function invocation exception, error: Expected a number of type int but was 1.5 at $.items[0].count",
    });
  });

  it("leaves conversions to the Gson of the package", async () => {
    const zip = await writeZip([
      { path: "code.jar", bytes: await writeZip(await functions.classes("java-gson")) },
    ]);
    const gson = await functions.start(zip, { handler: "demo.WithGson.handle", code: { filename: "f.zip" } });
    expect(await gson.call({ a: 1 })).toMatchObject({ code: 0, text: 'gson of {"a":1}' });
    const failed = JSON.parse((await gson.call([])).text);
    expect(failed.errorMessage).toBe("function invocation exception, error: Expected BEGIN_OBJECT");
  });

  it("gives its own context to a package that brings one", async () => {
    const own = await writeZip(await functions.classes("java-own"));
    const bundled = await functions.start(own, { handler: "demo.Bundled.handle" });
    const [name, methods] = (await bundled.call({})).text.split(" ");
    expect([name, Number(methods) > 20]).toEqual(["hello", true]);
  });

  const initializer = { handler: "demo.Life.initialize", timeout: 3 };
  it("initialises the object that it calls, and stops it", async () => {
    const preStop = { handler: "demo.Life.stop", timeout: 3 };
    const life = await functions.start(jar, { handler: "demo.Life.handle", initializer, preStop });
    expect(await life.call({})).toMatchObject({ text: "blue" });
    await life.worker.preStop();
    expect(await life.worker.exited).toMatchObject({ code: 0 });
    expect(await life.printed(26)).toBe("initialized\nstopped hello\n");
  });

  it("has the keys of its agency in its initializer, too", async () => {
    const handler = "demo.Life.keyAtStart";
    const life = await functions.start(jar, { handler, initializer, hasAgency: true });
    expect((await life.call({})).text).toMatch(/^\S+$/);
  });

  const life = "demo.Life.handle";
  const entry = "function entry exception, error: ";
  it.each<[string, string, string, number, string]>([
    [
      "class",
      "demo.None.handle",
      "",
      4001,
      `${entry}user entry not found: demo.None.handle: the package has no class demo.None`,
    ],
    [
      "method",
      "demo.Acts.none",
      "",
      4001,
      `${entry}user entry not found: demo.Acts.none: no public method of that name takes an event and a Context`,
    ],
    [
      "public method",
      "demo.Acts.hidden",
      "",
      4001,
      `${entry}user entry not found: demo.Acts.hidden: no public method of that name takes an event and a Context`,
    ],
    ["handler", "index", "", 4001, `${entry}user entry not found: index: a handler is package.Class.method`],
    ["constructor that ends well", "demo.Life$Broken.handle", "", 4001, `${entry}cannot be made`],
    [
      "constructor without parameters",
      "demo.Life$Needy.handle",
      "",
      4001,
      `${entry}user entry not found: demo.Life$Needy: the class demo.Life$Needy has no constructor without parameters`,
    ],
    [
      "initializer",
      life,
      "demo.Life.none",
      4001,
      `${entry}user entry not found: demo.Life.none: no public method of that name takes a Context`,
    ],
    [
      "initializer that ends well",
      life,
      "demo.Life.fail",
      4201,
      "function initialization failed, error: no database",
    ],
    ["initializer that returns", life, "demo.Life.leave", 4204, "runtime process is exited"],
  ])("says that there is no %s", async (_, handler, first, code, message) => {
    const settings = first === "" ? { handler } : { handler, initializer: { handler: first, timeout: 3 } };
    const failed = await failureOf(functions, jar, settings);
    expect({ code: failed.code, message: failed.message }).toEqual({ code, message });
    if (code !== 4204) expect(JSON.parse(String(failed.payload))).toMatchObject({ errorMessage: message });
  });

  it("says which classes a package lacks, and which Java they need", async () => {
    const needy = await writeZip(classes.filter(({ path }) => !path.includes("Order")));
    const lost = await failureOf(functions, needy, { handler: "demo.Acts.text" });
    expect(lost.message).toContain("the package has no class demo.Order");
    const newer = classes.map(({ path, bytes }) => ({ path, bytes: Buffer.from(bytes).fill(0xff, 6, 8) }));
    const failed = await failureOf(functions, await writeZip(newer), { runtime: "Java21" });
    expect(failed.code).toBe(4001);
    expect(failed.message).toContain("the class demo.Acts is compiled for a newer Java than");
  });

  it.each<[string, boolean]>([
    ["heap", true],
    ["heap elsewhere", true],
    ["exit", false],
  ])("ends by %s, and says whether it was for memory", async (act, outOfMemory) => {
    const one = await functions.start(jar, {});
    void one.call({ act });
    expect(await one.worker.exited).toMatchObject({ outOfMemory });
  });

  it("runs where it sees nothing of this machine", async () => {
    const isolated = await javaFunctions("namespaces", 0).catch(() => undefined);
    if (!isolated) return;
    try {
      const one = await isolated.start(jar, {});
      expect(JSON.parse((await one.call({})).text)).toMatchObject({ folders: ["/opt/function", "/tmp"] });
    } finally {
      await isolated.close();
    }
  });
});

async function failureOf(
  functions: JavaFunctions,
  bytes: Uint8Array,
  settings: Parameters<JavaFunctions["make"]>[1],
): Promise<RuntimeFailure> {
  const instance = await functions.make(bytes, settings);
  const failure = await instance.worker.initialize().then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof RuntimeFailure)) throw new Error(`no failure: ${String(failure)}`);
  return failure;
}
