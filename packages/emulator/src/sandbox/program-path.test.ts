import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Keeper } from "./keeper.ts";
import { programPath } from "./program-path.ts";

afterEach(() => vi.unstubAllEnvs());

describe("The PATH for the system's programs", () => {
  it.each([
    [undefined, "/usr/local/bin:/usr/bin:/bin"],
    ["", "/usr/local/bin:/usr/bin:/bin"],
    ["/opt/node/bin", "/opt/node/bin:/usr/local/bin:/usr/bin:/bin"],
    ["/bin:relative:.::/opt/node/bin", "/bin:/opt/node/bin:/usr/local/bin:/usr/bin"],
  ])("of %s is %s", (path, want) => {
    vi.stubEnv("PATH", path);
    expect(programPath()).toBe(want.replaceAll(":", delimiter));
  });

  it.skipIf(process.platform === "win32")(
    "lets the keeper work where the emulator has another one",
    async () => {
      vi.stubEnv("PATH", "/nowhere");
      const parent = mkdtempSync(join(tmpdir(), "program-path-"));
      const folder = join(parent, "pipes");
      const keeper = new Keeper(String(randomInt(1e11, 1e12 - 1)), folder);
      expect(await keeper.makePipes(0, 2)).toBe(true);
      expect([existsSync(join(folder, "0")), existsSync(join(folder, "1"))]).toEqual([true, true]);
      await keeper.close();
      expect(existsSync(folder)).toBe(false);
      rmSync(parent, { recursive: true });
    },
  );
});
