import { conform } from "./conform.ts";
import { custom } from "./runtimes/custom.ts";

conform(custom);
