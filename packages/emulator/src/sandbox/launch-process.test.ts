import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { launchRequest, sandboxPlace, sandboxRoot, textOf } from "../../test/support/sandbox-place.ts";
import { Keeper } from "./keeper.ts";
import { launchProcess } from "./launch-process.ts";
import { Outlets } from "./outlets.ts";
import { Watchdog } from "./watchdog.ts";

const root = sandboxRoot();
afterAll(() => rmSync(root, { recursive: true, force: true }));

it("A process starts in full where neither prlimit nor pipes with names are to be had", async () => {
  const keeper = new Keeper("test", join(root, "keeper"));
  const tools = {
    keeper,
    watchdog: new Watchdog(),
    // The keeper does not make this folder.
    outlets: new Outlets(keeper, join(root, "nowhere")),
    prlimit: undefined,
  };
  const place = sandboxPlace(root, "process", "1");
  const request = launchRequest(place, ["/bin/sh", "-c", "echo out; echo err >&2; ulimit -n; exit 3"], {
    channel: true,
  });
  const launched = await launchProcess(request, "test.1", tools);
  await launched.limitMemory(128);
  expect(await textOf(launched)).toBe("out\nerr\n2048\n");
  expect(await launched.exited).toEqual({ code: 3, signal: null, outOfMemory: false });
  await keeper.close();
});
