import { afterEach, expect, it } from "vitest";
import { type AssembledApp, assembleApp } from "./assemble-app.ts";
import { controlOf } from "./control-of.ts";
import { ControlledClock } from "./core/controlled-clock.ts";
import type { EmulatorControl } from "./http/control/emulator-control.ts";
import { createLogger } from "./log/logger.ts";
import { openState } from "./open-state.ts";
import { type EmulatorOptions, resolveOptions } from "./options.ts";
import { collection, type Store } from "./store/store.ts";

const notes = collection<string>("note");
const running: AssembledApp[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((parts) => parts.close(0)));
});

async function start(options: EmulatorOptions): Promise<{ control: EmulatorControl; store: Store }> {
  const settings = resolveOptions({ logLevel: "silent", ...options });
  const clock = new ControlledClock();
  const logger = createLogger({
    level: "silent",
    pretty: false,
    write: settings.log,
    now: () => new Date(),
    secrets: [],
  });
  const state = await openState(undefined);
  const parts = assembleApp({ settings, state, clock, logger, newRequestId: () => "" });
  running.push(parts);
  return { control: controlOf(parts, clock, [], settings), store: parts.app.store };
}

const projects = [
  { id: "p1", name: "eu-de" },
  { id: "p2", name: "eu-de_other" },
];

it("resets a project, whether anything is in it or not", async () => {
  const { control, store } = await start({ projects });
  for (const { id } of projects) store.write((tx) => tx.put(notes, id, "1", "note"));
  control.reset("p1");
  control.reset("p1");
  expect([...store.documents(notes)].map(({ project }) => project)).toEqual(["p2"]);
});

it("resets a project that is left of other options", async () => {
  const { control, store } = await start({ projects });
  store.write((tx) => tx.put(notes, "former", "1", "note"));
  control.reset("former");
  expect([...store.documents(notes)]).toEqual([]);
});

it("resets no project that there is not, and names those that there are", async () => {
  const { control, store } = await start({ projects });
  store.write((tx) => tx.put(notes, "p1", "1", "note"));
  expect(() => control.reset("P1")).toThrow(
    expect.objectContaining({
      code: "FSS.0400",
      message:
        'Invalid parameter. project must be the ID of a project and is "P1"; there is p1 (eu-de), p2 (eu-de_other).',
    }),
  );
  expect([...store.documents(notes)]).toHaveLength(1);
});

it("takes any project for one without authentication, which lets requests name any", async () => {
  const { control, store } = await start({ projects, authentication: "off" });
  store.write((tx) => tx.put(notes, "p3", "1", "note"));
  control.reset("p3");
  control.reset("p4");
  expect([...store.documents(notes)]).toEqual([]);
});
