import { createFunctionGraph, FunctionError, FunctionGraphError } from "@functiongraph/client";
import type { Emulator } from "@functiongraph/emulator";
import { type Driver, type Invocation, refused, type Seen } from "./driver.ts";

export const ownClientName = "our client";

/** The client of this project, with results in the form v0: bare, with everything else in headers. */
export function ownClient({ url, projectId, credentials }: Emulator): Driver {
  const fg = createFunctionGraph({ endpoint: url, projectId, credentials, maxRetries: 0, timeout: 60_000 });

  async function invoke({ urn, event, instanceMemory, headers = {} }: Invocation): Promise<Seen> {
    try {
      const {
        text,
        log,
        requestId = "",
      } = await fg.invokeFunction(
        {
          path: { function_urn: urn },
          header: {
            "X-Cff-Log-Type": "tail",
            "X-CFF-Request-Version": "v0",
            ...(instanceMemory !== undefined && { "X-Cff-Instance-Memory": instanceMemory }),
          },
          body: event,
        },
        { headers },
      );
      const none = { errorMessage: undefined, errorType: undefined, refusal: undefined };
      return { status: 200, code: 0, text, requestId, stackTrace: "", log, ...none };
    } catch (error) {
      if (error instanceof FunctionGraphError) return refused(error.status, String(error.code));
      if (!(error instanceof FunctionError)) throw error;
      const { status, code, requestId = "", errorMessage, errorType, stackTrace, log } = error;
      return {
        status,
        code,
        text: errorMessage,
        requestId,
        errorMessage,
        errorType,
        stackTrace,
        log,
        refusal: undefined,
      };
    }
  }

  return { name: ownClientName, invoke };
}
