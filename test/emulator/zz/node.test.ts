import { appendFileSync } from "node:fs";
import { Instance } from "../../../packages/emulator/src/runtime/supervisor/instance.ts";
import { LaunchedProcess } from "../../../packages/emulator/src/sandbox/launched-process.ts";
import { onlyNode } from "./cases/only-node.ts";
import { conform } from "./conform.ts";
import { node } from "./runtimes/node.ts";
const t0 = performance.now();
const log = (...x: unknown[]) => appendFileSync("/tmp/conf/trace.log", `${Math.round(performance.now() - t0)} ${x.join(" ")}\n`);
const p: any = Instance.prototype;
for (const m of ["kill", "drain"]) { const o = p[m]; p[m] = function (...a: any[]) { log(m, this.spec.name, this.worker?.pid, this.state, this.load, ...a); return o.apply(this, a); }; }
const r = p.run; p.run = async function (call: any, s: any) { log("run", this.spec.name, this.worker?.pid, call.requestId.slice(0, 6), String(Buffer.from(call.event)).slice(0, 60)); const e = await r.call(this, call, s); log("ran", this.spec.name, this.worker?.pid, call.requestId.slice(0, 6), e.result.code, e.result.reusable); return e; };
const l: any = LaunchedProcess.prototype; const k = l.kill; l.kill = function () { log("lkill", this.pid); return k.call(this); };
conform(node, onlyNode);
