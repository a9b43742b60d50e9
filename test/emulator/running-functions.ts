import { createFunctionGraph, type FunctionGraph } from "@functiongraph/client";
import { createCodePackage, type PackageFiles } from "@functiongraph/client/zip";
import { createEmulator, type Emulator, type EmulatorOptions } from "@functiongraph/emulator";

/** An emulator with functions of Node.js that are made, changed and called in a line each. */
export class RunningFunctions {
  readonly emulator: Emulator;
  readonly fg: FunctionGraph;

  private constructor(emulator: Emulator) {
    const { url, projectId, credentials } = emulator;
    this.emulator = emulator;
    this.fg = createFunctionGraph({ endpoint: url, projectId, credentials, maxRetries: 0 });
  }

  static async start(options: EmulatorOptions = {}): Promise<RunningFunctions> {
    return new RunningFunctions(
      await createEmulator({ validateResponses: true, logLevel: "silent", ...options }),
    );
  }

  /** Makes a function with the default package's name. @param files or the text of `index.js` */
  async create(
    func_name: string,
    files: string | PackageFiles,
    settings: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    const { func_urn = "" } = await this.fg.createFunction({
      body: {
        func_name,
        package: "default",
        runtime: "Node.js18.15",
        handler: "index.handler",
        timeout: 30,
        memory_size: 128,
        ...(await codeOf(files)),
        ...settings,
      },
    });
    return func_urn.replace(/:latest$/, "");
  }

  async changeCode(
    function_urn: string,
    files: string | PackageFiles,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await this.fg.updateFunctionCode({ path: { function_urn }, body: { ...(await codeOf(files)), ...more } });
  }

  async configure(function_urn: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
    const path = { function_urn };
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

  /** What the function returned, as text. */
  async call(
    function_urn: string,
    event: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { text } = await this.fg.invokeFunction({ path: { function_urn }, body: event }, { headers });
    return text;
  }

  /** Code of the service, or number of the failure, with which a call ends; 0 when it succeeds. */
  async failure(function_urn: string, event: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    return this.fg.invokeFunction({ path: { function_urn }, body: event }).then(
      () => 0,
      (error: { code?: unknown }) => error.code,
    );
  }

  close(): Promise<void> {
    return this.emulator.close();
  }
}

async function codeOf(
  files: string | PackageFiles,
): Promise<{ code_type: "zip"; code_filename: string; func_code: { file: string } }> {
  const { base64 } = await createCodePackage(typeof files === "string" ? { "index.js": files } : files);
  return { code_type: "zip", code_filename: "index.zip", func_code: { file: base64 } };
}
