import { setTimeout } from "node:timers/promises";
import type { Random } from "../fuzz/random.ts";
import { startEmulatorProcess } from "../running/emulator-process.ts";
import { FunctionService } from "../running/function-service.ts";
import { familyOf, leftOf } from "../running/left-processes.ts";

/** An asynchronous request that was answered with 202. */
export interface Accepted {
  readonly requestId: string;
  /** What its run reports. */
  readonly event: string;
}

/** One life of the emulator. */
export interface Round {
  readonly number: number;
  readonly folder: string;
  readonly random: Random;
  readonly function: string;
  readonly options: Parameters<typeof startEmulatorProcess>[1];
}

/** What was seen of it. */
export interface RoundResult {
  readonly accepted: readonly Accepted[];
  readonly killedAtStart: boolean;
  /** Processes that ran when it was killed. */
  readonly processes: number;
  readonly problems: readonly string[];
}

const senders = 6;
/** Requests of one round: what runs in the meantime should not be too far behind. */
const mostRequests = 120;
/** Milliseconds between two requests of a sender. */
const longestPause = 60;
/** Milliseconds from the first request, and from the start of the process, to the kill. */
const longestLoad = 1500;
const longestStart = 600;
/** No process may be there for longer after the kill, in milliseconds. */
const patience = 1000;

/** Starts the emulator, sends it requests, kills it at a random moment, and looks what is left of it. */
export async function killRound({
  number,
  folder,
  random,
  function: name,
  options,
}: Round): Promise<RoundResult> {
  const killedAtStart = random.chance(0.2);
  const delay = random.next() * (killedAtStart ? longestStart : longestLoad);
  const accepted: Accepted[] = [];
  const problems: string[] = [];
  const starting = startEmulatorProcess(folder, options);
  let sending: Promise<unknown> = Promise.resolve();
  if (killedAtStart) await setTimeout(delay);
  else {
    const service = new FunctionService(await starting.ready);
    sending = send(service, { number, name, random, accepted, problems }).finally(() => service.close());
    await setTimeout(delay);
  }
  const family = familyOf(starting.pid);
  await starting.kill();
  const left = await leftOf(family, patience);
  await sending;
  problems.push(...left.map((one) => `was left behind for ${patience} ms: ${one}`));
  return { accepted, killedAtStart, processes: family.members.size, problems };
}

interface Sending {
  readonly number: number;
  readonly name: string;
  readonly random: Random;
  readonly accepted: Accepted[];
  readonly problems: string[];
}

/** Sends requests until the emulator is gone, or there are enough. */
async function send(
  service: FunctionService,
  { number, name, random, accepted, problems }: Sending,
): Promise<void> {
  let sent = 0;
  const path = `/${service.urn(name)}/invocations-async`;
  const sender = async (): Promise<void> => {
    while (sent < mostRequests) {
      sent += 1;
      const event = `${number}-${sent}`;
      const answer = await service.send("POST", path, eventOf(event, random)).catch(() => undefined);
      // It is dead, and whether it took this one nobody can say.
      if (!answer) return;
      const text = answer.body.toString();
      if (answer.status === 202) accepted.push({ requestId: JSON.parse(text).request_id, event });
      else problems.push(`request ${event} was answered with ${answer.status} ${text}`);
      await setTimeout(random.next() * longestPause);
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
}

/** Most succeed, some take a while, some fail or end their process. */
function eventOf(id: string, random: Random): object {
  const kind = random.next();
  if (kind < 0.6) return { id, action: "echo" };
  if (kind < 0.85) return { id, action: "sleep", ms: random.below(200) };
  return { id, action: kind < 0.98 ? "throw" : "exit" };
}
