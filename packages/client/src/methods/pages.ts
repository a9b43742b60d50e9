import type { CallOptions } from "../client-options.ts";
import type { AnyArguments } from "../request/check-arguments.ts";
import type { PageOptions } from "./method.ts";
import type { Operation } from "./operation.ts";

type Caller = (args?: AnyArguments, options?: CallOptions) => Promise<unknown>;

/** Every page of a list, from the position that the arguments name on, until one is empty or leads nowhere. */
export async function* pages(
  operation: Operation,
  call: Caller,
  args: AnyArguments = {},
  { limit = Number.POSITIVE_INFINITY, ...options }: PageOptions = {},
): AsyncGenerator<unknown, void, undefined> {
  const place = operation.place === "body" ? "body" : "query";
  let values = { ...(args[place] as Readonly<Record<string, unknown>> | undefined) }; // `as`: both hold fields by name.
  for (let count = 0; count < limit; count++) {
    const page = await call(operation.place ? { ...args, [place]: values } : args, options);
    yield page;
    const found = listAt(page, operation.items).length;
    const last = values[operation.position];
    const next = operation.next ? valueAt(page, operation.next) : Number(last ?? 0) + found;
    // A list may name a next position on its last page, too.
    if (!operation.place || !found || next == null || next === "" || String(next) === String(last)) return;
    values = { ...values, [operation.position]: String(next) };
  }
}

/** Every item of a list, page after page. */
export async function* items(
  operation: Operation,
  call: Caller,
  args?: AnyArguments,
  { limit = Number.POSITIVE_INFINITY, ...options }: PageOptions = {},
): AsyncGenerator<unknown, void, undefined> {
  let count = 0;
  if (limit <= 0) return;
  for await (const page of pages(operation, call, args, options)) {
    for (const item of listAt(page, operation.items)) {
      yield item;
      if (++count >= limit) return;
    }
  }
}

function listAt(page: unknown, path: string): readonly unknown[] {
  const found = path === "$" ? page : valueAt(page, path);
  return Array.isArray(found) ? found : [];
}

function valueAt(value: unknown, path: string): unknown {
  // Each step looks at something of an unknown shape.
  return path
    .split(".")
    .reduce<unknown>(
      (current, name) => (current as Record<string, unknown> | null | undefined)?.[name],
      value,
    );
}
