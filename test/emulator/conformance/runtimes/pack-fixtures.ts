import { readFolder } from "@functiongraph/client/node";
