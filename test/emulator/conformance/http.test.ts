import { onlyHttp } from "./cases/only-http.ts";
import { conform } from "./conform.ts";
import { http } from "./runtimes/http.ts";

conform(http, onlyHttp);
