import { type Adapter, RuntimeFailure } from "../contract.ts";

/** Why functions of a runtime do not run here, and what to do instead. */
function reasonOf(runtime: string): string {
  if (runtime === "")
    return "Functions in C# and Cangjie, and those from container images, do not run here; with the runtimes Custom and http any program does.";
  if (runtime === "Custom Image")
    return "Functions from container images do not run here, for the emulator starts no containers. Put the image's server into a package with a bootstrap that starts it on 127.0.0.1:8000, as a function with the runtime http, or run the image yourself and call it on its port.";
  if (runtime.startsWith("C#"))
    return `Functions with the runtime ${runtime} do not run here, for the emulator has no runner for .NET. Publish the program as an executable that asks for its calls over HTTP, name it bootstrap, and use the runtime Custom, or serve HTTP on port 8000 with the runtime http.`;
  if (runtime.startsWith("Cangjie"))
    return `Functions with the runtime ${runtime} do not run here, for no document says how they are called. Compile the program to an executable that asks for its calls over HTTP, name it bootstrap, and use the runtime Custom.`;
  return `The emulator does not know the runtime ${runtime}, so its functions do not run here. Use one that it runs (Node.js, Python, Java, Go, PHP, http), or the runtime Custom with an executable bootstrap.`;
}

/** Takes what no other adapter serves, and refuses it with a reason; so it has to be the last. */
export function createUnavailableAdapter(): Adapter {
  return {
    name: "others",
    serves: () => true,
    check: async (runtime) => ({ available: false, reason: reasonOf(runtime) }),
    async start({ runtime }) {
      throw new RuntimeFailure(4201, `function initialization failed: ${reasonOf(runtime)}`);
    },
    close: async () => undefined,
  };
}
