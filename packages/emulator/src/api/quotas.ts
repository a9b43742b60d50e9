import type { Handler } from "../contract/handler.ts";
import { listProjectQuotas } from "../core/quotas/list-quotas.ts";

export const listQuotas: Handler<"listQuotas"> = ({ caller }, app) => ({
  body: { quotas: { resources: listProjectQuotas(app, caller.projectId) } },
});
