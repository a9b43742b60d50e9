import { type Kind, type PeerName, peers } from "./peers.ts";

// One peer in a process of its own, as in a program that uses one client: in a shared one the compiled code of each slows all others.
// `as`: the arguments come from measurePeer.
const [peer, kind, url] = process.argv.slice(2) as [PeerName, Kind, string];
const call = await peers[peer](url, kind);

process.on("message", async (requests: number) => {
  const start = process.cpuUsage();
  for (let i = 0; i < requests; i++) await call();
  const { user, system } = process.cpuUsage(start);
  process.send?.((user + system) / requests);
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
