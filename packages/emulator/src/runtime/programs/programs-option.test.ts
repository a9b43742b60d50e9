import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tryAdapter } from "../../../test/support/try-function.ts";
import { checkOptions } from "../../check-options.ts";
import type { Adapter, Availability } from "../contract.ts";
import { findJava } from "../java/find-java.ts";
import { createNodeAdapter } from "../node/node-adapter.ts";
import { createPhpAdapter } from "../php/php-adapter.ts";
import { interpreterChooser } from "../python/choose-interpreter.ts";
import { type Language, languageVersions, type Programs } from "./configured-programs.ts";
import { programsOption } from "./programs-option.ts";

/** Options as a message shows them. */
function shownIn(message: string): { runtime: { programs: Programs } } {
  return JSON.parse(/in the option runtime\.programs, as (\{.*\})/.exec(message)?.[1] ?? "null");
}

/** What the message on a runtime without a program shows, after a look at whether the options would be taken. */
function followed(found: object): Programs {
  const options = shownIn("reason" in found ? String(found.reason) : "");
  checkOptions(options);
  return options.runtime.programs;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "functiongraph-programs-"));
  await writeFile(join(folder, "old"), script('{"program": "/bin/sh", "version": "2.7.18"}'), {
    mode: 0o755,
  });
  await writeFile(join(folder, "node"), script('{"program": "/bin/sh", "version": "v14.0.0"}'), {
    mode: 0o755,
  });
});
afterAll(() => rm(folder, { recursive: true }));

const script = (answer: string): string => `#!/bin/sh\necho '${answer}'\n`;

async function checked(make: Parameters<typeof tryAdapter>[0], runtime: string): Promise<Availability> {
  const bench = await tryAdapter(make);
  const found = await bench.adapter.check(runtime);
  await bench.close();
  return found;
}

describe("the option that messages name", () => {
  // The keys of the table are the languages.
  it.each(Object.keys(languageVersions) as Language[])("is taken for %s and its versions", (language) => {
    for (const key of [language, ...languageVersions[language].map((version) => `${language}${version}`)]) {
      const options = shownIn(`Correct it ${programsOption(language, key)}.`);
      checkOptions(options);
      expect(Object.keys(options.runtime.programs)).toEqual([key]);
    }
  });

  it("is that of the program that is wrong", async () => {
    const programs = { "Python3.9": "/nowhere", Python2: join(folder, "old"), Java: "/nowhere" };
    const python = interpreterChooser(programs);
    const node = (parts: Parts): Adapter =>
      createNodeAdapter({
        ...parts,
        programs: { "Node.js20": "/nowhere", "Node.js18.15": join(folder, "node") },
      });
    const php = (parts: Parts): Adapter => createPhpAdapter({ ...parts, programs: { PHP8: "/nowhere" } });
    const java = await findJava("Java17", { programs, environment: {} });
    expect(
      [
        await python("Python3.9"),
        await python("Python2.7"),
        await checked(node, "Node.js20.15"),
        await checked(node, "Node.js18.15"),
        await checked(php, "PHP8.3"),
        java,
      ].map((found) => Object.keys(followed(found))),
    ).toEqual([["Python3.9"], ["Python2"], ["Node.js20"], ["Node.js18.15"], ["PHP8"], ["Java"]]);
  });

  it("is that of the runtime or the language where there is no program", async () => {
    const php = (parts: Parts): Adapter => createPhpAdapter({ ...parts, path: folder });
    expect([
      followed(await interpreterChooser({})("Python2.7")),
      followed(await findJava("Java17", { programs: {}, environment: {}, usual: [] })),
      followed(await checked(php, "PHP8.3")),
    ]).toEqual([{ "Python2.7": "/usr/bin/python3" }, { Java: "/usr/bin/java" }, { PHP: "/usr/bin/php" }]);
  });
});

type Parts = Parameters<Parameters<typeof tryAdapter>[0]>[0];
