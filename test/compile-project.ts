import { dirname } from "node:path";
import ts from "typescript";

/** What the compiler itself brings (`lib.*.d.ts`) once it is read, by the options that matter to the reading. */
const libraries = new Map<string, ts.SourceFile | undefined>();

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

/** A host that reads the compiler's libraries once. */
function hostFor(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const own = host.getDefaultLibLocation?.() ?? "";
  const { target, module, moduleResolution, moduleDetection, strict } = options;
  const kind = [target, module, moduleResolution, moduleDetection, strict].join();
  return {
    ...host,
    getSourceFile(path, ...more) {
      if (dirname(path) !== own) return host.getSourceFile(path, ...more);
      const key = `${kind} ${path}`;
      if (!libraries.has(key)) libraries.set(key, host.getSourceFile(path, ...more));
      return libraries.get(key);
    },
  };
}
