import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Measure } from "./compare.ts";
import type { Kind, PeerName } from "./peers.ts";

/** Starts a peer's process, and measures microseconds of its CPU time, user and system, for each of so many requests one after the other. */
export async function measurePeer(
  peer: PeerName,
  kind: Kind,
  url: string,
): Promise<{ measure: Measure; stop: () => void }> {
  const child = fork(fileURLToPath(new URL("peer-process.ts", import.meta.url)), [peer, kind, url], {
    execArgv: ["--import", "tsx"],
  });
  child.once("exit", (code) => {
    if (code) throw new Error(`${peer} ended with ${code}`);
  });
  await once(child, "message");
  return {
    async measure(requests) {
      child.send(requests);
      const [microseconds] = await once(child, "message");
      return Number(microseconds);
    },
    stop: () => child.disconnect(),
  };
}
