import { conform } from "./conform.ts";
import { php } from "./runtimes/php.ts";

conform(php);
