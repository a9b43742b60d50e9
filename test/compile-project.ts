import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** What is installed in this repository, the compiler's own libraries (`lib.*.d.ts`) among it, and does not change meanwhile. */
const installed = fileURLToPath(new URL("../node_modules/", import.meta.url));
/** Declarations of what is installed once they are read, by the options that matter to the reading. */
const declarations = new Map<string, ts.SourceFile | undefined>();

const format: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (path) => path,
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  getNewLine: () => "\n",
};

/**
 * Compiles the project of a tsconfig.json as `tsc -p` does, and gives what the compiler complains about. It runs in this process: a program
 * of its own would take longer to start, to warm up and to read its libraries than it takes to check.
 */
export function compileProject(configuration: string): string {
  const problems: ts.Diagnostic[] = [];
  const project = ts.getParsedCommandLineOfConfigFile(configuration, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (problem) => problems.push(problem),
  });
  if (project) {
    const { fileNames: rootNames, options, errors } = project;
    const program = ts.createProgram({ rootNames, options, host: hostFor(options) });
    problems.push(...errors, ...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics);
  }
  const folder = dirname(configuration);
  return ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(problems), {
    ...format,
    getCurrentDirectory: () => folder,
  });
}

/** A host that reads what is installed once. */
function hostFor(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { target, module, moduleResolution, moduleDetection, strict } = options;
  const kind = [target, module, moduleResolution, moduleDetection, strict].join();
  return {
    ...host,
    getSourceFile(path, ...more) {
      if (!path.startsWith(installed)) return host.getSourceFile(path, ...more);
      const key = `${kind} ${path}`;
      if (!declarations.has(key)) declarations.set(key, host.getSourceFile(path, ...more));
      return declarations.get(key);
    },
  };
}
