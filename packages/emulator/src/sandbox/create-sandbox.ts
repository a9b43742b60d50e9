import { randomInt } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram, tryBubblewrap } from "./bubblewrap-trial.ts";
import type { Launched, Sandbox, SandboxLevel } from "./contract.ts";
import { findDeathSignal } from "./death-signal.ts";
import { Keeper } from "./keeper.ts";
import { type LaunchTools, launchProcess } from "./launch-process.ts";
import { canMarkLimits } from "./marker.ts";
import { Outlets } from "./outlets.ts";
import { strayDescriptors } from "./stray-descriptors.ts";
import { systemPaths } from "./system-paths.ts";
import { Watchdog } from "./watchdog.ts";

/** Options of `createSandbox`. */
export interface SandboxOptions {
  /** Folder for what the sandbox itself needs; functions do not see it. */
  readonly root: string;
  /** `auto`, the default, takes the highest level that works here; a level that is asked for is taken or refused. */
  readonly wanted?: "auto" | SandboxLevel;
}

/**
 * Makes the sandbox that this machine allows, as a trial shows, or the one that is wanted.
 * @throws Error when `namespaces` are wanted and do not work here
 */
export async function createSandbox({ root, wanted = "auto" }: SandboxOptions): Promise<Sandbox> {
  const trial = wanted === "process" ? undefined : await tryBubblewrap();
  if (wanted === "namespaces" && trial && !trial.works)
    throw new Error(`Functions cannot be isolated by namespaces, as was asked for: ${trial.reason}.`);
  // Twelve digits, for it is a part of a number that marks processes.
  const id = String(randomInt(1e11, 1e12 - 1));
  // Pipes cannot be made in every folder, such as one that is shared with another system.
  const keeper = new Keeper(id, join(tmpdir(), `functiongraph-${id}`));
  const watchdog = new Watchdog();
  const tools: LaunchTools = {
    keeper,
    watchdog,
    outlets: new Outlets(keeper, join(tmpdir(), `functiongraph-${id}`)),
    marksLimits: canMarkLimits(),
    prlimit: process.platform === "linux" ? findProgram("prlimit") : undefined,
    // Bubblewrap does it itself.
    setpriv: trial?.works ? undefined : await findDeathSignal(),
    ...strayDescriptors(),
    ...(trial?.works && {
      bubblewrap: {
        program: trial.program,
        sizes: trial.sizes,
        locks: trial.locks,
        ...prepareSystem(root),
      },
    }),
  };
  const running = new Set<Launched>();
  let count = 0;
  let closed = false;
  return {
    level: tools.bubblewrap ? "namespaces" : "process",
    description: describe(
      trial ? (trial.works ? undefined : trial.reason) : "it was asked for",
      tools.prlimit,
    ),
    async launch(request) {
      if (closed) throw new Error("The sandbox is closed.");
      count += 1;
      const launched = await launchProcess(request, `${id}.${count}`, tools);
      running.add(launched);
      void launched.exited.then(() => running.delete(launched));
      // It may have been closed meanwhile.
      if (closed) launched.kill();
      return launched;
    },
    async close() {
      closed = true;
      for (const launched of running) launched.kill();
      await Promise.all([...running].map(({ exited }) => exited));
      watchdog.close();
      await keeper.close();
    },
  };
}

function describe(reason: string | undefined, prlimit: string | undefined): string {
  if (reason === undefined)
    return "Functions run in namespaces of their own (bubblewrap): they see their code, their /tmp and the system's programs, and no other processes.";
  const limits =
    process.platform === "linux"
      ? `a watchdog over memory and /tmp${prlimit ? " and the kernel's limit on data" : ""}`
      : "a watchdog over /tmp and no limit on memory, which this system does not tell";
  return `Functions run as processes of this user, with ${limits}; they see this machine's files, because ${reason}.`;
}

/** Looks at what of the system functions get to see, and writes what they see instead of it. */
function prepareSystem(root: string): {
  systemPaths: ReturnType<typeof systemPaths>;
  passwd: string;
  group: string;
} {
  const folder = join(root, "sandbox");
  mkdirSync(folder, { recursive: true });
  const passwd = join(folder, "passwd");
  const group = join(folder, "group");
  writeFileSync(
    passwd,
    "root:x:0:0:root:/:/sbin/nologin\nsnuser:x:1003:1003::/home/snuser:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n",
  );
  writeFileSync(group, "root:x:0:\nsnuser:x:1003:\nnogroup:x:65534:\n");
  const java = readdirSync("/etc").filter((name) => /^(java|python|openjdk)/.test(name));
  return { systemPaths: systemPaths(java), passwd, group };
}
