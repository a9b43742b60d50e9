import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SeededRng } from "../core/seeded-rng.ts";
import { DataFolderError } from "./data-folder-error.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { collection } from "./store.ts";

const numbers = collection<{ readonly at: number; readonly text: string }>("numbers");

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sqlite-store-"));
  file = join(folder, "state.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Two documents in each transaction, so that half of one would show. */
function fill(store: SqliteStore, count: number): void {
  for (let at = 1; at <= count; at += 1) {
    store.write((tx) => {
      tx.put(numbers, "p", `left-${at}`, { at, text: "é".repeat(at * 20) });
      tx.put(numbers, "p", `right-${at}`, { at, text: "" });
    });
  }
}

function made(count: number): void {
  const store = new SqliteStore(file);
  fill(store, count);
  store.close();
}

/** How many transactions are there; fails when one is there in part, or a later one without an earlier. */
function whole(store: SqliteStore): number {
  const { left, right } = store.read((tx) => ({
    left: tx.list(numbers, "p", { prefix: "left-" }),
    right: tx.list(numbers, "p", { prefix: "right-" }),
  }));
  const found = left.map(({ value }) => value.at).sort((a, b) => a - b);
  expect(right.map(({ value }) => value.at).sort((a, b) => a - b)).toEqual(found);
  expect(found).toEqual(found.map((_, at) => at + 1));
  return found.length;
}

describe("SqliteStore", () => {
  it("keeps its documents when it is opened again", () => {
    made(3);
    const store = new SqliteStore(file);
    expect([whole(store), store.notes]).toEqual([3, []]);
    store.close();
  });

  it("leaves everything in one file when it is closed", () => {
    made(3);
    copyFileSync(file, join(folder, "copy.db"));
    const copy = new SqliteStore(join(folder, "copy.db"));
    expect(whole(copy)).toBe(3);
    copy.close();
  });

  it("loses nothing when its process ends without closing it", () => {
    const store = new SqliteStore(file);
    fill(store, 5);
    for (const suffix of ["", "-wal"]) copyFileSync(file + suffix, join(folder, `crashed.db${suffix}`));
    store.close();
    const again = new SqliteStore(join(folder, "crashed.db"));
    expect([whole(again), again.notes]).toEqual([5, []]);
    again.close();
  });

  it("has each transaction whole or not at all, wherever its log is torn", () => {
    const store = new SqliteStore(file);
    fill(store, 20);
    const rng = new SeededRng("torn");
    const size = statSync(`${file}-wal`).size;
    const seen = new Set<number>();
    for (let round = 0; round < 60; round += 1) {
      const torn = join(folder, `torn-${round}.db`);
      for (const suffix of ["", "-wal"]) copyFileSync(file + suffix, torn + suffix);
      const at = Math.floor(rng.next() * size);
      if (round % 2) truncateSync(`${torn}-wal`, at);
      else writeFileSync(`${torn}-wal`, readFileSync(`${torn}-wal`).fill(round, at, at + 600));
      const again = new SqliteStore(torn);
      expect(again.notes).toEqual([]);
      seen.add(whole(again));
      // And it goes on.
      again.write((tx) => tx.put(numbers, "q", "1", { at: 1, text: "" }));
      again.close();
    }
    store.close();
    expect(seen.size).toBeGreaterThan(10);
  });

  it("starts empty beside a file that is no database, keeps it and says where", () => {
    writeFileSync(file, "not a database\n".repeat(1000));
    const store = new SqliteStore(file);
    expect(store.notes).toEqual([
      `${file} was damaged beyond repair (file is not a database) and is kept as ${file}.damaged-1; the emulator starts empty.`,
    ]);
    fill(store, 1);
    store.close();
    expect(readFileSync(`${file}.damaged-1`, "utf8")).toMatch(/^not a database\n/);
  });

  it("never overwrites what it kept before", () => {
    for (let round = 1; round <= 3; round += 1) {
      writeFileSync(file, `${round}`.repeat(5000));
      new SqliteStore(file).close();
    }
    expect(
      readdirSync(folder)
        .filter((name) => /damaged-\d+$/.test(name))
        .sort(),
    ).toEqual(["state.db.damaged-1", "state.db.damaged-2", "state.db.damaged-3"]);
  });

  it("opens a file with any damage, and all that it then holds can be read", () => {
    made(40);
    const sound = readFileSync(file);
    const rng = new SeededRng("damage");
    const somewhere = () => Math.floor(rng.next() * sound.length);
    for (let round = 0; round < 60; round += 1) {
      const bytes = Buffer.from(sound);
      const damaged = join(folder, `damaged-${round}.db`);
      if (round % 3 === 0) bytes.fill(round, somewhere(), somewhere());
      for (let times = 0; times < 1 + (round % 20); times += 1) bytes[somewhere()] = round;
      writeFileSync(damaged, round % 3 === 1 ? bytes.subarray(0, somewhere()) : bytes);
      const store = new SqliteStore(damaged);
      expect([...store.documents()].length).toBeLessThanOrEqual(80);
      fill(store, 1);
      store.close();
    }
  });

  it("builds a damaged index anew and loses nothing", () => {
    made(5);
    const database = new Database(file);
    // Takes the index's entries away by looking at the table as if it had none.
    const [page] = database
      .prepare("SELECT rootpage FROM sqlite_schema WHERE type = 'index'")
      .raw()
      .get() as [number];
    const [size] = database.prepare("PRAGMA page_size").raw().get() as [number];
    database.close();
    const bytes = readFileSync(file);
    // An empty leaf page of an index: its kind, no free block, no cells, cells from the end.
    const empty = Buffer.alloc(size);
    empty[0] = 0x0a;
    empty.writeUInt16BE(size, 5);
    empty.copy(bytes, (page - 1) * size);
    writeFileSync(file, bytes);
    const store = new SqliteStore(file);
    expect(store.notes).toEqual([`${file} had a damaged index, which was built anew; nothing was lost.`]);
    expect(whole(store)).toBe(5);
    store.close();
  });

  it("refuses a file of a newer emulator and leaves it as it is", () => {
    made(1);
    const database = new Database(file);
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(() => new SqliteStore(file)).toThrow(
      new DataFolderError(
        `${file} was written by a newer emulator (format 99; this one knows formats up to 1). Update the emulator, or choose another data folder.`,
      ),
    );
    expect(readdirSync(folder).filter((name) => name.includes("damaged"))).toEqual([]);
  });

  it("refuses the database of another program and leaves it as it is", () => {
    const database = new Database(file);
    database.exec("CREATE TABLE recipes (name TEXT)");
    database.close();
    expect(() => new SqliteStore(file)).toThrow("is the database of another program and is left alone");
    expect(existsSync(`${file}.damaged-1`)).toBe(false);
  });

  it("says which file it cannot make", () => {
    expect(() => new SqliteStore(join(folder, "missing", "state.db"))).toThrow(DataFolderError);
    expect(() => new SqliteStore(join(folder, "missing", "state.db"))).toThrow(
      `${join(folder, "missing", "state.db")} cannot be opened`,
    );
  });
});
