import { createCodePackage } from "@functiongraph/client/zip";
import { expect } from "vitest";
import type { ConformanceScenario } from "../conformance-case.ts";
import type { Driver, Seen } from "../drivers/driver.ts";
import type { Stage } from "../stage.ts";

const guide = "guide, Custom Runtime";
const notFound = { status: 500, errorMessage: "runtime bootstrap file is not found" };

/** Lets a package without the fixtures run. */
export async function runPackage(
  stage: Stage,
  driver: Driver,
  name: string,
  files: Readonly<Record<string, { readonly content: string; readonly mode: number }>>,
): Promise<Seen> {
  const { base64 } = await createCodePackage(files);
  const urn = await stage.create(driver, name, { handler: "bootstrap", func_code: { file: base64 } });
  return stage.actAt(driver, urn, { action: "text", text: "Hello" });
}

/** The program that runtimes of one's own, and servers, start with. */
export const bootstraps: readonly ConformanceScenario[] = [
  {
    name: "has no bootstrap, which is 4202",
    fact: {
      says: "Without a file `bootstrap` the call fails with 4202.",
      grade: "C",
      source: `${guide}; reports of users`,
    },
    async run(stage, driver) {
      const file = { content: "#!/bin/sh\n", mode: 0o755 };
      const seen = await runPackage(stage, driver, "elsewhere", { "folder/bootstrap": file });
      expect(seen).toMatchObject({ ...notFound, log: expect.stringContaining("folder/bootstrap") });
    },
  },
];

/** What only runtimes of one's own have. */
export const onlyCustom: readonly ConformanceScenario[] = [
  ...bootstraps,
  {
    name: "has a bootstrap that cannot be executed, which is 4202",
    fact: { says: "A bootstrap that is not executable makes the call fail.", grade: "D", source: guide },
    async run(stage, driver) {
      const file = { content: "#!/bin/sh\n", mode: 0o644 };
      const seen = await runPackage(stage, driver, "plain", { bootstrap: file });
      expect(seen).toMatchObject({ ...notFound, log: expect.stringContaining("chmod +x bootstrap") });
    },
  },
  {
    name: "has a bootstrap that ends before it asks, which is 4204",
    fact: { says: "A process that ends is 4204.", grade: "K", source: "the engine's tables of errors" },
    async run(stage, driver) {
      const file = { content: "#!/bin/sh\necho giving up\nexit 3\n", mode: 0o755 };
      const seen = await runPackage(stage, driver, "ending", { bootstrap: file });
      expect(seen).toMatchObject({ status: 500, errorMessage: "runtime process is exited" });
    },
  },
  {
    name: "has a bootstrap that is a shell script",
    fact: {
      says: "Any executable may be the bootstrap; it asks for requests over HTTP.",
      grade: "D",
      source: guide,
    },
    async run(stage, driver) {
      const seen = await runPackage(stage, driver, "shell", {
        bootstrap: { content: shellRuntime, mode: 0o755 },
      });
      expect(seen).toMatchObject({ code: 0, text: 'got {"action":"text","text":"Hello"}' });
    },
  },
];

/** A whole runtime with nothing but a shell that can open connections. */
const shellRuntime = `#!/bin/bash
host=\${RUNTIME_API_ADDR%:*} port=\${RUNTIME_API_ADDR#*:}
while true; do
  exec 3<>"/dev/tcp/$host/$port" || exit 1
  printf 'GET /v1/runtime/invocation/request HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' "$RUNTIME_API_ADDR" >&3
  id= event=
  while IFS= read -r line <&3; do
    line=\${line%$'\\r'}
    [ -z "$line" ] && break
    case "\${line,,}" in x-cff-request-id:*) id=\${line#*: } ;; esac
  done
  event=$(cat <&3)
  exec 3>&-
  [ -z "$id" ] && continue
  result="got $event"
  exec 3<>"/dev/tcp/$host/$port"
  printf 'POST /v1/runtime/invocation/response/%s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\nContent-Length: %d\\r\\n\\r\\n%s' \\
    "$id" "$RUNTIME_API_ADDR" "\${#result}" "$result" >&3
  cat <&3 >/dev/null
  exec 3>&-
done
`;
