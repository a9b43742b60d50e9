import type { ErrorCode, OperationId } from "@functiongraph/types";
import type { OperationErrorCode } from "@functiongraph/types/errors";
import type { Answer, Send, Setup, World } from "./world.ts";

/** A request in a state that the setups have made. */
export interface Case {
  /** What is special, as the end of the sentence "answers …". */
  readonly given: string;
  readonly setup?: readonly Setup[];
  readonly send?: Send | ((world: World) => Send);
}

/** A request that succeeds. */
export interface Success extends Case {
  /** Default: the operation's usual one. */
  readonly status?: number;
  /** What the answer holds, as `toMatchObject` reads it. */
  readonly want?: unknown;
  /** What holds afterwards. */
  readonly check?: (world: World, answer: Answer) => Promise<void>;
}

/** An error that no request brings about here, and why. */
export interface Unprovoked {
  readonly reason: string;
}

/** Refusals by code; statuses stand for the answers of IAM, which have no codes. */
export type Refusals<Code extends string> = { readonly [C in Code]: Case | readonly Case[] | Unprovoked };

/** The codes of all operations, which are those of one that has no others. */
type CommonCode = OperationErrorCode<"listProjects">;

/** What is shown of an operation: each of its documented errors must be there, provoked or with the reason why not. */
export interface OperationCases<Id extends OperationId> {
  readonly successes: readonly Success[];
  readonly refusals: Refusals<Exclude<OperationErrorCode<Id>, CommonCode>> &
    Partial<Refusals<ErrorCode | `${4 | 5}${number}`>>;
}

/** The cases of some operations. */
export type CasesOf<Id extends OperationId> = { readonly [I in Id]: OperationCases<I> };

export const cannot = (reason: string): Unprovoked => ({ reason });

export function isUnprovoked(refusal: Case | readonly Case[] | Unprovoked): refusal is Unprovoked {
  return "reason" in refusal;
}
