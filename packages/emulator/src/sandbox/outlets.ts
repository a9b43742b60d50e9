import { closeSync, constants, openSync, unlinkSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Keeper } from "./keeper.ts";

const batch = 32;

/** A pipe for the output of one process. */
export interface Outlet {
  /** Descriptor for its standard output and its standard error: one pipe keeps what it writes in order. */
  readonly writer: number;
  readonly reader: Readable;
  /** To be called once the process has the writer. */
  closeWriter(): void;
}

/**
 * Makes pipes. Those that Node.js makes for a child are sockets, one for each descriptor; programs cannot open them anew as `/dev/stderr`, as
 * shell scripts do, and what goes to two of them comes in no order.
 */
export class Outlets {
  readonly #keeper: Keeper;
  readonly #folder: string;
  #next = 0;
  #end = 0;
  #making: Promise<boolean> | undefined;

  constructor(keeper: Keeper, folder: string) {
    this.#keeper = keeper;
    this.#folder = folder;
  }

  /** A pipe, or nothing where none can be made. */
  async take(): Promise<Outlet | undefined> {
    while (this.#next >= this.#end) if (!(await this.#more())) return undefined;
    const path = join(this.#folder, String(this.#next++));
    try {
      // The reader has to be there before the writer; neither waits then.
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const writer = openSync(path, constants.O_WRONLY);
      unlinkSync(path);
      return {
        writer,
        reader: new Socket({ fd: reader, readable: true, writable: false }),
        closeWriter: () => closeSync(writer),
      };
    } catch {
      return undefined;
    }
  }

  #more(): Promise<boolean> {
    this.#making ??= this.#keeper.makePipes(this.#end, this.#end + batch).then((worked) => {
      if (worked) this.#end += batch;
      this.#making = undefined;
      return worked;
    });
    return this.#making;
  }
}
