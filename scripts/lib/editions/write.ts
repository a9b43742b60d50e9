import { isMap, isNode, isScalar, type YAMLMap } from "yaml";
import type { Mark } from "./collect.ts";
import type { SourceFiles } from "./source-files.ts";

/** Editions that no facts file knows: marks of them were set by hand, and stay. */
const byHand = ["user-guide", "runtime-sdk", "clients", "captured"];
const order = [
  "hwc-2022",
  "hwc-2023",
  "hwc-2024",
  "hwc-2025-zh",
  "otc-2024",
  "otc-2026",
  "sdk-3.1.211",
  ...byHand,
];

/** The new text of every file whose `x-fg-editions` differ from the facts. Nothing but those lines changes. */
export function writeEditions(sources: SourceFiles, marks: readonly Mark[]): Map<string, string> {
  const edits = new Map<string, { start: number; end: number; text: string }[]>();
  for (const { place, editions } of marks) {
    if (!isMap(place.node)) continue;
    const map = place.node;
    const pair = map.items.find((item) => isScalar(item.key) && item.key.value === "x-fg-editions");
    const present: string[] = pair && isNode(pair.value) ? pair.value.toJSON() : [];
    const wanted = order.filter(
      (edition) => editions.has(edition) || (byHand.includes(edition) && present.includes(edition)),
    );
    if (present.join() === wanted.join()) continue;
    const list = `[${wanted.join(", ")}]`;
    const text = sources.text(place.file);
    const edit = pair ? replaceValue(pair, list) : appendPair(text, map, list);
    edits.set(place.file, [...(edits.get(place.file) ?? []), edit]);
  }
  return new Map(
    [...edits].map(([file, list]) => [
      file,
      list
        .toSorted((a, b) => b.start - a.start)
        .reduce(
          (text, { start, end, text: inserted }) => text.slice(0, start) + inserted + text.slice(end),
          sources.text(file),
        ),
    ]),
  );
}

function replaceValue(
  pair: YAMLMap["items"][number],
  list: string,
): { start: number; end: number; text: string } {
  const [start, end] = (isNode(pair.value) && pair.value.range) || [0, 0];
  return { start, end, text: list };
}

function appendPair(text: string, map: YAMLMap, list: string): { start: number; end: number; text: string } {
  const [from, to] = map.range ?? [0, 0];
  if (map.flow) {
    const close = text.lastIndexOf("}", to);
    const start = text.slice(0, close).trimEnd().length;
    return { start, end: start, text: `${map.items.length ? "," : ""} x-fg-editions: ${list}` };
  }
  const indent = " ".repeat(from - (text.lastIndexOf("\n", from - 1) + 1));
  const start = text.slice(0, to).trimEnd().length;
  return { start, end: start, text: `\n${indent}x-fg-editions: ${list}` };
}
