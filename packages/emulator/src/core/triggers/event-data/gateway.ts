import type { Reader } from "../../../store/store.ts";
import type { FoundFunction } from "../../functions/find-function.ts";
import { aliases, aliasKey, versionKey, versions } from "../../functions/records.ts";
import { formatUrn, parseUrn } from "../../functions/urn.ts";
import { ServiceError } from "../../service-error.ts";
import type { EventFields } from "../event-fields.ts";
import { type EventData, qualifierText } from "../records.ts";
import type { EventDataContext } from "./context.ts";

const methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "ANY"];
/** Milliseconds that a gateway waits when nothing else is said. */
const defaultTimeout = 5000;

/** Settings of the triggers that put a function behind an API: `APIG`, `DEDICATEDGATEWAY` and `APIC`. */
export function readGateway(fields: EventFields, context: EventDataContext): EventData {
  const path = fields.text("path");
  if (!path.startsWith("/")) throw fields.refuse("path", "must start with a slash");
  if (/[?#]/.test(path)) throw fields.refuse("path", "must be a path alone, without ? and #");
  return {
    name: fields.optionalText("name", { max: 64 }),
    type: fields.integer("type", 1, 2),
    path,
    protocol: fields.text("protocol"),
    req_method: fields.text("req_method", { oneOf: methods }),
    group_id: fields.text("group_id"),
    group_name: fields.optionalText("group_name", { empty: true }),
    match_mode: fields.text("match_mode", { oneOf: ["SWA", "NORMAL"] }),
    env_name: fields.text("env_name", { empty: true }),
    env_id: fields.text("env_id", { empty: true }),
    auth: fields.text("auth"),
    func_info: readFunctionInfo(fields.object("func_info"), context),
    sl_domain: fields.optionalText("sl_domain", { empty: true }),
    backend_type: fields.optionalText("backend_type", { oneOf: ["FUNCTION"] }),
    instance_id:
      context.type === "DEDICATEDGATEWAY"
        ? fields.text("instance_id")
        : fields.optionalText("instance_id", { empty: true }),
  };
}

function readFunctionInfo(fields: EventFields | undefined, context: EventDataContext): EventData {
  const { app, project, found } = context;
  const { package: pkg, name } = found.record;
  const version = fields?.optionalText("version") ?? qualifierText(found.qualifier);
  if (fields && !hasQualifier(context.tx, project, found, version)) {
    throw fields.refuse(
      "version",
      `must be a version or alias of the function and is ${JSON.stringify(version.slice(0, 80))}`,
    );
  }
  const urn = fields?.optionalText("function_urn");
  if (fields && urn !== undefined && !namesFunction(urn, project, found)) {
    throw fields.refuse("function_urn", "must name the function in the path of the request");
  }
  const invocationType = fields?.optionalText("invocation_type", { oneOf: ["sync", "async"] }) ?? "sync";
  if (invocationType === "async" && found.version.config.runtime === "http") {
    throw new ServiceError(
      "FSS.1153",
      "The triggering conditions have not been met. An HTTP function cannot be run asynchronously; set func_info.invocation_type to sync.",
    );
  }
  return {
    function_urn: formatUrn(app.region, project, pkg, name),
    invocation_type: invocationType,
    timeout: fields ? fields.integer("timeout", 1, 60_000) : defaultTimeout,
    version,
  };
}

function hasQualifier(
  tx: Reader,
  project: string,
  { record: { package: pkg, name } }: FoundFunction,
  qualifier: string,
): boolean {
  if (tx.get(versions, project, versionKey(pkg, name, qualifier)) !== undefined) return true;
  return tx.get(aliases, project, aliasKey(pkg, name, qualifier.replace(/^!/, ""))) !== undefined;
}

function namesFunction(urn: string, project: string, { record }: FoundFunction): boolean {
  try {
    const reference = parseUrn(urn);
    return (
      (reference.project ?? project) === project &&
      reference.package === record.package &&
      reference.name === record.name
    );
  } catch (error) {
    if (error instanceof ServiceError) return false;
    throw error;
  }
}

/** What the gateway sets once the API is there: identifiers, name, subdomain and address. */
export function completeGateway(
  data: EventData,
  context: EventDataContext,
  previous: EventData | undefined,
): EventData {
  const { app, found } = context;
  // A subdomain that was made from the group goes with it.
  const made = previous && `${String(previous.group_id)}.${gatewayDomain(app.region)}`;
  const domain =
    (data.sl_domain !== made && data.sl_domain) || `${String(data.group_id)}.${gatewayDomain(app.region)}`;
  return {
    ...data,
    sl_domain: domain,
    backend_type: data.backend_type ?? "FUNCTION",
    triggerid: context.id,
    api_id: previous?.api_id ?? app.rng.hex(32),
    api_name: data.name ?? previous?.api_name ?? `API_${found.record.name}`,
    ...(context.type === "APIC" && { roma_app_id: previous?.roma_app_id ?? app.rng.uuid() }),
    invoke_url: `${String(data.protocol).toLowerCase()}://${String(domain)}${String(data.path)}`,
  };
}

// The clouds name the subdomains of API groups differently.
function gatewayDomain(region: string): string {
  return /^eu-(de|nl|ch2)\b/.test(region)
    ? `apic.${region}.otc.t-systems.com`
    : `apig.${region}.huaweicloudapis.com`;
}
