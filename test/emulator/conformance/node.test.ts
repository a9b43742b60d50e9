import { onlyNode } from "./cases/only-node.ts";
import { conform } from "./conform.ts";
import { node } from "./runtimes/node.ts";

conform(node, onlyNode);
