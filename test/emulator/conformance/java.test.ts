import { conform } from "./conform.ts";
import { java } from "./runtimes/java.ts";

conform(java);
