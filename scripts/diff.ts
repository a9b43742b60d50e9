// `npm run diff:spec -- --base <git-ref>`: what changed in the API since then, and whether it breaks callers. `--format markdown|json|html` for reports.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./lib/paths.ts";
import { redocly } from "./lib/redocly.ts";
import { runCommand, UserError } from "./lib/user-error.ts";

await runCommand(async () => {
  const { values } = parseArgs({ options: { base: { type: "string" }, format: { type: "string" } } });
  if (!values.base)
    throw new UserError(
      "Name what to compare with: npm run diff:spec -- --base <git-ref>, for example --base main",
    );
  const scratch = mkdtempSync(join(tmpdir(), "functiongraph-diff-"));
  try {
    const archive = spawnSync("git", ["archive", values.base, "spec"], {
      cwd: root,
      maxBuffer: 256 * 1024 * 1024,
    });
    if (archive.status !== 0)
      throw new UserError(
        `git knows no spec/ at "${values.base}": ${String(archive.stderr).trim()}. Fetch the branch or name another commit.`,
      );
    const unpack = spawnSync("tar", ["x", "-C", scratch], { input: archive.stdout });
    if (unpack.status !== 0)
      throw new UserError(`The old specification cannot be unpacked: ${String(unpack.stderr).trim()}`);
    const format = values.format ? ["--format", values.format] : [];
    const run = redocly(
      ["diff", join(scratch, "spec", "openapi.yaml"), join("spec", "openapi.yaml"), ...format],
      root,
    );
    const said = [run.stdout.trim(), run.stderr].filter((text) => text !== "").join("\n\n");
    console.log(said.replaceAll(`${join(scratch, "spec")}/`, `${values.base}:spec/`));
    return run.status;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
