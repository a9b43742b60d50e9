// The process that gets killed: `writer.ts FOLDER SEED WRITERS`. Says on stdout what it begins and what it has been told is safe.
import { writeSync } from "node:fs";
import { openDataFolder } from "../../../../packages/emulator/src/store/open-data-folder.ts";
import { counters, items, operation, twins } from "./operation.ts";

/** Milliseconds that an unused package is spared: far longer than from putting one to referring to it, far shorter than a round. */
const grace = 30;

const [folder = "", seed = "", writers = ""] = process.argv.slice(2);
const { store, packages } = openDataFolder(folder, { grace });

/** Written before it returns: what process.stdout has only queued would be lost with the process. */
function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // A full pipe; the reader is busy.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}

async function write(writer: string): Promise<never> {
  for (let number = (store.read((tx) => tx.get(counters, "", writer)) ?? 0) + 1; ; number += 1) {
    const { slot, bytes } = operation(seed, writer, number);
    say(`begin ${writer} ${number}`);
    const stored = bytes && (await packages.put(bytes));
    store.write((tx) => {
      if (stored) {
        tx.put(items, writer, slot, { operation: number, digest: stored.digest });
        tx.put(twins, writer, slot, { operation: number, digest: stored.digest });
      } else {
        tx.delete(items, writer, slot);
        tx.delete(twins, writer, slot);
      }
      tx.put(counters, "", writer, number);
    });
    say(`ack ${writer} ${number}`);
    if (number % 20 === 0) await collect();
    await new Promise(setImmediate);
  }
}

async function collect(): Promise<void> {
  const used = store.read((tx) =>
    Array.from({ length: Number(writers) }, (_, writer) => tx.list(items, String(writer))).flat(),
  );
  await packages.collect(new Set(used.map(({ value }) => value.digest)));
}

say("ready");
for (let writer = 0; writer < Number(writers); writer += 1) void write(String(writer));
