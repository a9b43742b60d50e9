import { type Adapter, RuntimeFailure } from "../contract.ts";

/**
 * Why Go's own runtimes do not run. Their programs serve Go's net/rpc on RUNTIME_API_ADDR (`Function.Invoke`, `Function.HealthCheck`;
 * facts/runtime.md, 1.4). Its encoding, gob, goes by the names of the messages' fields, which no document gives; and programs of the older
 * kind are plugins, which only a Go program of the same build loads.
 */
function reasonOf(runtime: string): string {
  const functions = runtime === "" ? "Go functions" : `Functions with the runtime ${runtime}`;
  return `${functions} do not run here, for no document gives the messages that the service exchanges with them. Build the same program with the loop of a custom runtime (it asks http://$RUNTIME_API_ADDR/v1/runtime/invocation/request for events), name the executable bootstrap, and use the runtime Custom, which runs it here and in the cloud.`;
}

/** Refuses the Go runtimes with a reason; Go programs run with the runtime `Custom`. */
export function createGoAdapter(): Adapter {
  return {
    name: "go",
    serves: (runtime) => /^Go\d/.test(runtime),
    check: async (runtime) => ({ available: false, reason: reasonOf(runtime) }),
    async start({ runtime }) {
      throw new RuntimeFailure(4201, `function initialization failed: ${reasonOf(runtime)}`);
    },
    close: async () => undefined,
  };
}
