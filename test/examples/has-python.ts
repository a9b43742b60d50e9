import { spawnSync } from "node:child_process";

/** Whether there is a Python to run functions with; in CI there has to be one. */
export const hasPython: boolean = spawnSync("python3", ["--version"]).status === 0;

if (!hasPython && process.env.CI) throw new Error("Python is missing: install python3.");
if (!hasPython) console.warn("The examples of the guide are not tested: install python3.");
