import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFunctionGraph, type FunctionGraph } from "@functiongraph/client";
import { createEmulator, type Emulator } from "@functiongraph/emulator";
import { vi } from "vitest";
import type { FunctionName } from "./conformance-case.ts";
import type { Driver, Seen } from "./drivers/driver.ts";
import { officialSdk } from "./drivers/official-sdk.ts";
import { ownClient } from "./drivers/own-client.ts";
import type { FunctionSettings, Packed, RuntimeUnderTest } from "./runtimes/runtime-under-test.ts";

/** `CONFORMANCE_SANDBOX=process` shows what holds where there are no namespaces, as on other systems. */
const wantedSandbox = process.env.CONFORMANCE_SANDBOX === "process" ? "process" : "auto";

/** What the emulator says about itself. */
interface Health {
  readonly sandbox: { readonly level: "namespaces" | "process" };
  readonly runtimes: Readonly<
    Record<string, { readonly available: boolean; readonly reason?: string } | undefined>
  >;
}

/** User data of every function. */
export const userData = { GREETING: "Grüße", LEVEL: "3" };
export const encryptedUserData = { SECRET: "example secret" };

function nameFor(driver: Driver, name: string): string {
  return `${name}-${driver.name.replaceAll(" ", "-")}`;
}

/** An emulator with one runtime's functions, which are made when they are first called. */
export class Stage {
  readonly runtime: RuntimeUnderTest;
  readonly emulator: Emulator;
  readonly fg: FunctionGraph;
  readonly drivers: readonly Driver[];
  readonly health: Health;
  /** Holds all that the emulator writes; the places of instances are in it. */
  readonly folder: string;
  readonly #functions = new Map<string, Promise<string>>();
  readonly #packed: Promise<Packed>;

  private constructor(
    runtime: RuntimeUnderTest,
    packed: Promise<Packed>,
    emulator: Emulator,
    drivers: readonly Driver[],
    health: Health,
    folder: string,
  ) {
    const { url, projectId, credentials } = emulator;
    this.runtime = runtime;
    this.#packed = packed;
    this.emulator = emulator;
    this.drivers = drivers;
    this.health = health;
    this.folder = folder;
    this.fg = createFunctionGraph({ endpoint: url, projectId, credentials, maxRetries: 0 });
  }

  static async open(runtime: RuntimeUnderTest): Promise<Stage> {
    // Programs are compiled meanwhile. What goes wrong is told to whoever makes the first function.
    const packed = runtime.pack();
    const compiled = packed.catch(() => undefined);
    const folder = await mkdtemp(join(tmpdir(), "functiongraph-conformance-"));
    // The official SDK writes a file into the home folder and prints every failure.
    vi.stubEnv("HOME", join(folder, "home")).stubEnv("USERPROFILE", join(folder, "home"));
    const emulator = await createEmulator({
      validateResponses: true,
      logLevel: "silent",
      data: join(folder, "data"),
      runtime: { sandbox: wantedSandbox },
    });
    const [health, sdk] = await Promise.all([
      fetch(`${emulator.url}/_emulator/health`).then((answer) => answer.json()),
      officialSdk(emulator),
    ]);
    const drivers = [ownClient(emulator), sdk];
    await compiled;
    return new Stage(runtime, packed, emulator, drivers, health, folder);
  }

  /** Why the runtime cannot run here; undefined when it can. */
  get missing(): string | undefined {
    const { name, runtime, missing } = this.runtime;
    if (missing !== undefined) return missing;
    const availability = this.health.runtimes[name];
    if (name === "http" && this.health.sandbox.level === "process")
      return "without namespaces, servers share port 8000 of this machine, so that one instance runs at a time";
    if (availability?.available) return undefined;
    return availability?.reason ?? `the emulator knows no way to run ${runtime}`;
  }

  /** URN of a driver's function without a version. */
  urnOf(driver: Driver, name: FunctionName): Promise<string> {
    const key = nameFor(driver, name);
    const made = this.#functions.get(key) ?? this.create(driver, name, this.settingsOf(name));
    this.#functions.set(key, made);
    return made;
  }

  settingsOf(name: FunctionName): FunctionSettings {
    const settings = this.runtime.functions[name];
    if (!settings) throw new Error(`${this.runtime.name} has no function ${name}.`);
    return settings;
  }

  /** Makes a function with the fixtures as its code; those of other drivers may have the same name. */
  async create(driver: Driver, name: string, settings: FunctionSettings): Promise<string> {
    const { func_urn = "" } = await this.fg.createFunction({
      body: {
        func_name: nameFor(driver, name),
        package: "default",
        runtime: this.runtime.runtime,
        timeout: 30,
        memory_size: 256,
        user_data: JSON.stringify(userData),
        encrypted_user_data: JSON.stringify(encryptedUserData),
        ...(await this.#packed),
        ...settings,
      },
    });
    return func_urn.replace(/:latest$/, "");
  }

  /** Changes the configuration of a function; its instances are replaced. */
  async configure(urn: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
    const path = { function_urn: urn };
    const {
      func_name = "",
      runtime = "",
      handler = "",
      timeout = 0,
      memory_size = 0,
    } = await this.fg.showFunctionConfig({ path });
    await this.fg.updateFunctionConfig({
      path,
      body: { func_name, runtime, handler, timeout, memory_size, ...changes },
    });
  }

  /** Lets a function do something. */
  async act(driver: Driver, name: FunctionName, action: Readonly<Record<string, unknown>>): Promise<Seen> {
    return this.actAt(driver, await this.urnOf(driver, name), action);
  }

  async actAt(driver: Driver, urn: string, action: Readonly<Record<string, unknown>>): Promise<Seen> {
    const seen = await driver.invoke({ urn, event: this.runtime.eventOf?.(action) ?? action });
    return { ...seen, text: this.runtime.textOf?.(seen) ?? seen.text };
  }

  /** The log file of a function, with all that is written to it so far. */
  logFile(driver: Driver, name: FunctionName): Promise<string> {
    const file = `default.${nameFor(driver, name)}.log`;
    return readFile(join(this.folder, "data", "logs", this.emulator.projectId, file), "utf8").catch(() => "");
  }

  async close(): Promise<void> {
    await this.emulator.close();
    vi.unstubAllEnvs();
    await rm(this.folder, { recursive: true, force: true });
  }
}
