import { type StdioNull, type StdioPipe, spawn } from "node:child_process";
import { Duplex, type Readable, type Stream } from "node:stream";
import {
  type BubblewrapSetting,
  bubblewrapArguments,
  bubblewrapEnvironment,
  usualTemporaryMb,
} from "./bubblewrap-arguments.ts";
import type { LaunchRequest } from "./contract.ts";
import type { Keeper } from "./keeper.ts";
import { dataBytes, LaunchedProcess } from "./launched-process.ts";
import { type LimitTools, limitPrefix } from "./limit-prefix.ts";
import { lockLimitOf, markerVariable } from "./marker.ts";
import type { Outlet, Outlets } from "./outlets.ts";
import { OutputTail } from "./output-tail.ts";
import type { Watchdog } from "./watchdog.ts";

/** What a sandbox launches with. */
export interface LaunchTools extends LimitTools {
  readonly keeper: Keeper;
  readonly outlets: Outlets;
  readonly watchdog: Watchdog;
  /** Whether limits can be marks. */
  readonly marksLimits?: boolean;
  /** Where the level is `namespaces`. */
  readonly bubblewrap?: Omit<BubblewrapSetting, "infoDescriptor"> & { readonly program: string };
}

/** Starts a process, with one `spawn`. */
export async function launchProcess(
  request: LaunchRequest,
  mark: string,
  tools: LaunchTools,
): Promise<LaunchedProcess> {
  const { bubblewrap, keeper, watchdog, prlimit } = tools;
  // Elsewhere a socket can be opened as /dev/stderr as well, and pipes with names have ways of their own.
  const outlet = process.platform === "linux" ? await tools.outlets.take() : undefined;
  const { place, memoryMb, reservedMb = 0, temporaryMb = usualTemporaryMb } = request;
  const infoDescriptor = request.channel ? 4 : 3;
  const stdio = [...stdioOf(outlet), ...pipes((request.channel ? 1 : 0) + (bubblewrap ? 1 : 0))];
  const prefix = limitPrefix(tools, {
    merge: outlet === undefined,
    descriptors: stdio.length,
    diesWithParent: !request.endsItself,
    ...(memoryMb !== undefined && { dataBytes: dataBytes(memoryMb, reservedMb) }),
    // Where there are namespaces nothing gets out of them.
    ...(tools.marksLimits && !bubblewrap && { locks: lockLimitOf(mark) }),
  });
  const command = bubblewrap
    ? [...prefix, bubblewrap.program, ...bubblewrapArguments(request, { ...bubblewrap, infoDescriptor })]
    : [...prefix, request.command, ...request.arguments];
  // The mark comes first, where it is found soonest.
  const environment = { [markerVariable]: mark };
  const [program = "", ...rest] = command;
  try {
    const child = spawn(program, rest, {
      cwd: bubblewrap ? "/" : request.workingFolder,
      env: Object.assign(
        environment,
        bubblewrap ? bubblewrapEnvironment(request.environment) : request.environment,
      ),
      detached: true,
      stdio,
    });
    const output = new OutputTail();
    const written = outlet?.reader ?? child.stdout;
    if (written) passOn(written, output);
    else output.end();
    const channel: Stream | null | undefined = request.channel ? child.stdio[3] : undefined;
    const info = bubblewrap ? child.stdio[request.channel ? 4 : 3] : undefined;
    return new LaunchedProcess({
      child,
      mark,
      place,
      disk: { megabytes: temporaryMb, sized: bubblewrap?.sizes === true },
      output,
      ...(channel instanceof Duplex && { channel }),
      ...(bubblewrap && { firstPid: info ? firstPidOf(info) : Promise.resolve(undefined) }),
      ...(memoryMb !== undefined && { memoryMb }),
      reservedMb,
      keeper,
      watchdog,
      limits: prlimit !== undefined,
    });
  } catch (error) {
    outlet?.reader.destroy();
    throw error;
  } finally {
    outlet?.closeWriter();
  }
}

function stdioOf(outlet: Outlet | undefined): ("ignore" | "pipe" | number)[] {
  return outlet ? ["ignore", outlet.writer, outlet.writer] : ["ignore", "pipe", "ignore"];
}

function pipes(count: number): (StdioPipe | StdioNull)[] {
  return new Array<StdioPipe>(count).fill("pipe");
}

function passOn(from: Readable, to: OutputTail): void {
  from.on("error", () => to.end());
  from.pipe(to);
}

/** What bubblewrap tells about itself: JSON with the number of the first process of the namespace. */
function firstPidOf(info: Stream): Promise<number | undefined> {
  let text = "";
  return new Promise((resolve) => {
    info.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const [, pid] = /"child-pid": (\d+)\D/.exec(text) ?? [];
      if (pid !== undefined) resolve(Number(pid));
    });
    info.on("error", () => resolve(undefined));
    info.on("close", () => resolve(undefined));
  });
}
