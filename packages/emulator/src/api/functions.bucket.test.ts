import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { functionCalls, inline, zip } from "../../test/support/function-calls.ts";
import { type LocalApp, localApp } from "../../test/support/local-app.ts";

let app: LocalApp;
const { create } = functionCalls(() => app);

beforeEach(() => {
  app = localApp();
});

describe("code in a bucket", () => {
  const bucket = "https://example-orders.obs.eu-de.otc.t-systems.com/";

  it("comes from the folder that stands for the bucket, and from nowhere else", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bucket-"));
    try {
      const { func_code } = zip as { func_code: { file: string } };
      await mkdir(join(folder, "in", "packages"), { recursive: true });
      await writeFile(
        join(folder, "in", "packages", "resize image.zip"),
        Buffer.from(func_code.file, "base64"),
      );
      await writeFile(join(folder, "secret.zip"), "secret");
      await symlink(join(folder, "secret.zip"), join(folder, "in", "link.zip"));
      app = localApp({ objectStorage: new Map([[bucket, join(folder, "in")]]) });
      const fetched = (path: string) =>
        create({ ...inline, func_name: "resize-image", code_type: "obs", code_url: `${bucket}${path}` });
      expect((await fetched("packages/resize%20image.zip")).body).toMatchObject({
        code_type: "obs",
        code_filename: "resize image.zip",
        code_size: 256,
      });
      for (const path of ["packages/none.zip", "link.zip", "..%2Fsecret.zip", "packages", "%ff", "a%00b"]) {
        expect((await fetched(path)).error, path).toMatch(/^FSS.1054 /);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("does not come from another machine", async () => {
    app = localApp({ objectStorage: new Map([[bucket, "http://192.0.2.1/"]]) });
    expect((await create({ ...inline, code_type: "obs", code_url: `${bucket}a.zip` })).error).toMatch(
      /^FSS.1054 .*another machine/,
    );
  });
});
