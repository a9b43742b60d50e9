import { onlyGo } from "./cases/only-go.ts";
import { conform } from "./conform.ts";
import { go } from "./runtimes/go.ts";

conform(go, onlyGo);
