import { describe, expect, it } from "vitest";
import { checkHandler, checkInitializerHandler } from "./check-handler.ts";
import { checkRuntime, languageOf } from "./runtime.ts";

describe("checkRuntime", () => {
  it.each(["Node.js20.15", "C#(.NET Core 8.0)", "Custom Image", "Ruby3.3", "Node.js99"])(
    "takes %s",
    (runtime) => {
      expect(() => checkRuntime(runtime)).not.toThrow();
    },
  );

  it.each([
    ["nodejs20.15 ", "has a blank at its end"],
    ["Python 3.12", 'is spelt "Python3.12"'],
    ["HTTP", 'is spelt "http"'],
    ["x".repeat(65), "must be the name of a runtime"],
    ["a\nb", "must be the name of a runtime"],
  ])("refuses %j", (runtime, why) => {
    const want = why.startsWith("has") ? "" : why;
    expect(() => checkRuntime(runtime)).toThrow(
      expect.objectContaining({ code: "FSS.1005", message: expect.stringContaining(want) }),
    );
  });
});

describe("checkHandler", () => {
  it.each([
    ["Node.js20.15", "src/index.handler"],
    ["PHP8.3", "index.handler"],
    ["Java21", "com.example.Orders.handle"],
    ["Go1.x", "handler"],
    ["C#(.NET Core 8.0)", "Orders::Orders.Program::Handle"],
    ["Custom", "bootstrap"],
    ["Custom Image", "-"],
    ["Ruby3.3", "anything"],
  ])("takes for %s the handler %s", (runtime, handler) => {
    expect(() => checkHandler(runtime, handler)).not.toThrow();
  });

  it.each([
    ["Node.js20.15", ".handler"],
    ["Python3.12", "index."],
    ["Java21", "Orders"],
    ["C#(.NET Core 8.0)", "Orders.Handle"],
    ["Custom Image", "index.handler"],
    ["http", ""],
    ["Ruby3.3", "a b"],
  ])("refuses for %s the handler %j", (runtime, handler) => {
    expect(() => checkHandler(runtime, handler)).toThrow(expect.objectContaining({ code: "FSS.1003" }));
  });

  it("leaves the initializer of an image to the image", () => {
    expect(() => checkInitializerHandler("Custom Image", "init")).not.toThrow();
    expect(languageOf("Custom Image")).toBe("image");
  });
});
