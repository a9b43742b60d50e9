import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** A language of `redocly generate-client`, with the check that its own tools offer. */
export interface Language {
  readonly name: "python" | "go" | "java" | "php";
  readonly file: string;
  readonly compiler: readonly [command: string, ...args: string[]];
  /** Files that the compiler needs beside the client. */
  readonly prepare?: (folder: string) => void;
}

export const languages: readonly Language[] = [
  {
    name: "python",
    file: "client.py",
    compiler: ["python3", "-c", "compile(open('client.py', encoding='utf-8').read(), 'client.py', 'exec')"],
  },
  {
    name: "go",
    file: "client.go",
    compiler: ["go", "vet", "."],
    prepare: (folder) => writeFileSync(join(folder, "go.mod"), "module client\n\ngo 1.19\n"),
  },
  {
    name: "java",
    file: "Client.java",
    compiler: ["javac", "-proc:none", "-implicit:none", "-d", "classes", "Client.java"],
  },
  { name: "php", file: "client.php", compiler: ["php", "-l", "client.php"] },
];
