import type { Sandbox } from "../../sandbox/contract.ts";
import type { Adapter } from "../contract.ts";
import type { Instance } from "./instance.ts";

/** What the runtimes need and have, how functions are kept apart, and how many instances are in each state. */
export async function healthOf(
  adapters: readonly Adapter[],
  { level, description }: Pick<Sandbox, "level" | "description">,
  instances: () => readonly Instance[],
): Promise<Readonly<Record<string, unknown>>> {
  const runtimes = await Promise.all(adapters.map(runtimeOf));
  const states: Record<string, number> = {};
  for (const { state } of instances()) states[state] = (states[state] ?? 0) + 1;
  return { sandbox: { level, description }, runtimes: Object.fromEntries(runtimes), instances: states };
}

async function runtimeOf(adapter: Adapter): Promise<[string, object]> {
  const [usual, configured] = await Promise.all([
    adapter.check(""),
    Promise.all((adapter.configured ?? []).map(async (name) => [name, await adapter.check(name)] as const)),
  ]);
  const own = configured.length > 0 ? { configured: Object.fromEntries(configured) } : {};
  return [adapter.name, { ...usual, ...own }];
}
