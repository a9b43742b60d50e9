import type { Binary } from "./binary.js";

/** Marks a property that only the service sets. */
export type $Read<T> = { readonly $read: T };

/** Marks a property that is sent and never returned. */
export type $Write<T> = { readonly $write: T };

/** Tells whether a property carries a marker; one that can only be null or nothing carries none. */
type Has<Marker, T> = [NonNullable<T>] extends [never] ? false : NonNullable<T> extends Marker ? true : false;

type Leaf = string | number | boolean | bigint | symbol | null | undefined | Binary;

/** A schema as the service returns it: without what is only sent. */
// Strings come before objects, because `string & {}`, the open end of an enumeration, is both.
export type Readable<T> =
  T extends $Write<unknown>
    ? never
    : T extends $Read<infer U>
      ? Readable<U>
      : T extends Leaf
        ? T
        : T extends (infer E)[]
          ? Readable<E>[]
          : T extends object
            ? { [K in keyof T as Has<$Write<unknown>, T[K]> extends true ? never : K]: Readable<T[K]> }
            : T;

/** A schema as it is sent to the service: without what only the service sets. */
export type Writable<T> =
  T extends $Read<unknown>
    ? never
    : T extends $Write<infer U>
      ? Writable<U>
      : T extends Leaf
        ? T
        : T extends (infer E)[]
          ? Writable<E>[]
          : T extends object
            ? { [K in keyof T as Has<$Read<unknown>, T[K]> extends true ? never : K]: Writable<T[K]> } & {
                [K in keyof T as Has<$Read<unknown>, T[K]> extends true ? K : never]?: never;
              }
            : T;
