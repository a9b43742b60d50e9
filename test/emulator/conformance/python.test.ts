import { conform } from "./conform.ts";
import { python } from "./runtimes/python.ts";

conform(python);
