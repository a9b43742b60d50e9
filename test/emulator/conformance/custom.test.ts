import { onlyCustom } from "./cases/only-custom.ts";
import { conform } from "./conform.ts";
import { custom } from "./runtimes/custom.ts";

conform(custom, onlyCustom);
