import { readFileSync } from "node:fs";

const guide = readFileSync(
  new URL("../../packages/emulator/guides/three-examples.md", import.meta.url),
  "utf8",
);

/** One example of the guide: a reader's files, and what the reader is to see. */
export interface GuideExample {
  /** File of the program. */
  readonly name: string;
  /** Sources of the function by their paths beside the program. */
  readonly sources: ReadonlyMap<string, string>;
  /** The program, in the guide's pieces; the last one closes everything. */
  readonly pieces: readonly string[];
  /** What the program prints. */
  readonly output: string;
}

/** All examples of the guide, one a chapter: a file's name stands in bold above its pieces. */
const guideExamples: readonly GuideExample[] = guide.split(/^## /m).slice(1).map(readChapter);

/** The example whose program has this name. */
export function guideExample(name: string): GuideExample {
  const found = guideExamples.find((one) => one.name === name);
  if (!found) throw new Error(`The guide has no program ${name}.`);
  return found;
}

function readChapter(chapter: string): GuideExample {
  const sources = new Map<string, string>();
  const pieces: string[] = [];
  let [file, name, output] = ["", "", ""];
  const marks = /^\*\*`(?<title>[^`]+)`\*\*$|^```(?<language>\w+)\n(?<code>.*?)^```$/gms;
  for (const { groups: { title, language, code = "" } = {} } of chapter.matchAll(marks)) {
    if (title !== undefined) file = title;
    else if (language === "python") sources.set(file, code);
    else if (language === "js") {
      name = file;
      pieces.push(code);
    } else if (language === "text") output = code;
    else throw new Error(`Nothing is known of pieces in the language ${language}.`);
  }
  return { name, sources, pieces, output };
}
