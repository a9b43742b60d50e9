import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  cacheFolder,
  foundJava,
  type JavaFunctions,
  javaFunctions,
  usualSpec,
} from "../../../test/support/java-functions.ts";
import { createSandbox } from "../../sandbox/create-sandbox.ts";
import { writeZip } from "../../zip/write-zip.ts";
import { FrameWriter, readFrames } from "../channel/frames.ts";
import { createWorkplaces } from "../workplaces.ts";
import { compileRunner } from "./compile-runner.ts";

const title = "reason" in foundJava ? `the heartbeat (skipped: ${foundJava.reason})` : "the heartbeat";

describe.skipIf("reason" in foundJava)(title, () => {
  let functions: JavaFunctions;
  beforeAll(async () => {
    functions = await javaFunctions("process", 0);
  });
  afterAll(() => functions?.close());

  it("ends a function that has not been well for six times, and says so", async () => {
    if ("reason" in foundJava) return;
    const root = await mkdtemp(join(tmpdir(), "functiongraph-heartbeat-"));
    const sandbox = await createSandbox({ root, wanted: "process" });
    try {
      const jar = await writeZip(await functions.classes("java"));
      const workplaces = createWorkplaces(root, { get: async () => jar }, sandbox.level);
      const place = await workplaces.make();
      const runner = await compileRunner({
        compiler: foundJava.compiler,
        major: foundJava.java.major,
        cacheFolders: [cacheFolder],
      });
      const launched = await sandbox.launch({
        place,
        command: foundJava.java.program,
        arguments: ["-Xmx32m", "-Dfunctiongraph.heartbeat.interval=5", "-jar", runner],
        environment: {},
        workingFolder: place.seen.root,
        channel: true,
        network: "host",
      });
      launched.output.resume();
      const { channel } = launched;
      if (!channel) throw new Error("no channel");
      const told: unknown[] = [];
      readFrames(channel, 1_000_000, ({ head }) => told.push(head.type));
      await workplaces.fill(place, { ...usualSpec, code: { digest: "d", filename: "f.jar" } });
      const handlers = { handler: "demo.Life.handle", heartbeat: "demo.Life.heartbeat" };
      new FrameWriter(channel).send({ type: "load", ...handlers, code: place.seen.code, maxResult: 1000 });
      await launched.exited;
      expect(told).toEqual(["ready", "loaded", "unhealthy"]);
    } finally {
      await sandbox.close();
      await rm(root, { recursive: true, force: true });
    }
  });
});
