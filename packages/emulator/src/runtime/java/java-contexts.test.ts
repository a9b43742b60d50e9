import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundJava, type JavaFunctions, javaFunctions } from "../../../test/support/java-functions.ts";
import { writeZip } from "../../zip/write-zip.ts";

const title = "reason" in foundJava ? `Java contexts (skipped: ${foundJava.reason})` : "Java contexts";

describe.skipIf("reason" in foundJava)(title, () => {
  let functions: JavaFunctions;
  let jar: Uint8Array;
  beforeAll(async () => {
    functions = await javaFunctions("process", 0);
    jar = await writeZip(await functions.classes("java-clouds"));
  }, 60_000);
  afterAll(() => functions?.close());

  it.each<[string, string]>([
    ["com.services.runtime", "Services"],
    ["com.opentelekomcloud.services.runtime", "Telekom"],
    ["com.huawei.services.runtime", "Huawei"],
  ])("are there by the interfaces of %s, which packages need not bring", async (_, name) => {
    const initializer = { handler: `demo.${name}.initialize`, timeout: 3 };
    const one = await functions.start(jar, { handler: `demo.${name}.handle`, initializer });
    const { code, text, written } = await one.call({});
    expect([code, text]).toEqual([0, "hello blue 7 63 438 true"]);
    expect(await one.printed(written)).toMatch(/^\S+Z request-1 DEBUG seen\n\S+Z request-1 plain\n$/);
  });

  it("are there by an interface of the package's own, as far as its methods are known", async () => {
    const one = await functions.start(jar, { handler: "demo.Other.handle" });
    const { code, text, written } = await one.call({});
    expect([code, text]).toEqual([0, "hello blue 7 129 300 true"]);
    expect(await one.printed(written)).toMatch(/^\S+Z request-1 WARN careful\n$/);
    const failed = await one.call("region");
    expect(failed.code).toBe(4002);
    expect(JSON.parse(failed.text)).toMatchObject({
      errorMessage: expect.stringContaining(
        "The emulator has no public abstract java.lang.String org.example.cloud.Context.getRegion()",
      ),
      errorType: "java.lang.UnsupportedOperationException",
    });
  });
});
