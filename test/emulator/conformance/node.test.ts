import { conform } from "./conform.ts";
import { node } from "./runtimes/node.ts";

conform(node);
