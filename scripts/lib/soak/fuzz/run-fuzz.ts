import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { join } from "node:path";
import type { JsonObject } from "../../openapi.ts";
import { distFolder } from "../../paths.ts";
import { answerCheck, parse } from "./check-answer.ts";
import { KnownThings } from "./known-things.ts";
import { type FuzzRequest, makeRequest } from "./make-request.ts";
import { type FuzzOperation, fuzzOperations } from "./operations.ts";
import { seededRandom } from "./random.ts";
import { sendRequest } from "./send-request.ts";

/** What a run needs. */
export interface FuzzOptions {
  readonly seed: number;
  readonly requests: number;
  readonly url: string;
  readonly projectId: string;
  readonly token: string;
  /** Called after each request with how many there were. */
  readonly afterEach?: (done: number) => void | Promise<void>;
}

/** An answer that was not right, with what is needed to see it again. */
export interface FuzzFailure {
  readonly number: number;
  readonly operationId: string;
  readonly request: string;
  readonly status: number;
  readonly problems: readonly string[];
}

/** What came out of a run. */
export interface FuzzReport {
  readonly seed: number;
  readonly requests: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Operations that answered with success at least once. */
  readonly succeeded: readonly string[];
  /** Operations that never did. */
  readonly neverSucceeded: readonly string[];
  readonly failures: readonly FuzzFailure[];
}

/** Sends requests one after another, the same for the same seed, and looks at every answer. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const document: JsonObject = JSON.parse(readFileSync(join(distFolder, "openapi.json"), "utf8"));
  const catalogue: Record<string, Record<string, unknown>> = JSON.parse(
    readFileSync(join(distFolder, "errors.json"), "utf8"),
  );
  const codes = new Set(Object.values(catalogue).flatMap((part) => Object.keys(part)));
  const operations = fuzzOperations(document);
  const random = seededRandom(options.seed);
  const source = {
    document,
    known: new KnownThings(options.projectId, random),
    random,
    token: options.token,
  };
  const check = answerCheck(document, codes);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const byStatus: Record<string, number> = {};
  const succeeded = new Set<string>();
  const failures: FuzzFailure[] = [];
  try {
    for (let number = 1; number <= options.requests; number++) {
      const request = makeRequest(chooseOperation(operations, number, random.below), source);
      const answer = await sendRequest(options.url, agent, request).catch((error: unknown) => String(error));
      const status = typeof answer === "string" ? 0 : answer.status;
      const problems =
        typeof answer === "string" ? [answer] : check(request.operation, request.method, answer);
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      if (problems.length > 0)
        failures.push({
          number,
          operationId: request.operation.id,
          request: shown(request),
          status,
          problems,
        });
      if (
        typeof answer !== "string" &&
        status >= 200 &&
        status < 300 &&
        request.method === request.operation.method
      ) {
        succeeded.add(request.operation.id);
        source.known.learn(request.operation.id, request.path, request.value, parse(answer.body) ?? null);
      }
      await options.afterEach?.(number);
    }
  } finally {
    agent.destroy();
  }
  const neverSucceeded = operations.map(({ id }) => id).filter((id) => !succeeded.has(id));
  return {
    seed: options.seed,
    requests: options.requests,
    byStatus,
    succeeded: [...succeeded],
    neverSucceeded,
    failures,
  };
}

const creating = [
  "createFunction",
  "createFunctionVersion",
  "createFunctionTrigger",
  "createVersionAlias",
  "createDependency",
  "createEvent",
];
const deletingAll = ["deleteFunction"];

/** Every operation in turn, with functions and what belongs to them made more often than they are deleted. */
function chooseOperation(
  operations: readonly FuzzOperation[],
  number: number,
  below: (limit: number) => number,
): FuzzOperation {
  const turn = operations[number % operations.length];
  const wanted =
    number % 3 === 0
      ? creating[below(creating.length)]
      : turn && deletingAll.includes(turn.id) && below(3) > 0
        ? "createFunction"
        : turn?.id;
  const chosen = operations.find(({ id }) => id === wanted) ?? turn;
  if (!chosen) throw new Error("The description has no operations.");
  return chosen;
}

function shown({ method, target, headers, body }: FuzzRequest): string {
  const { "X-Auth-Token": token, ...rest } = headers;
  const credentials = token === undefined ? "without a token " : "";
  return `${method} ${target.slice(0, 600)} ${credentials}${JSON.stringify(rest)} ${body ? body.toString("utf8").slice(0, 1500) : ""}`;
}
