import type { FunctionConfig } from "@functiongraph/types";
import { ServiceError } from "../../service-error.ts";
import { checkHandler } from "./check-handler.ts";
import { checkInitializer } from "./check-lifecycle.ts";
import { checkMounts } from "./check-mounts.ts";
import { checkDomainNames, checkPeeringCidr, checkVpc } from "./check-network.ts";
import { checkDescription, checkExtras, checkMemory, checkTimeout } from "./check-resources.ts";
import { checkStrategy } from "./check-strategy.ts";
import { checkUserData } from "./check-user-data.ts";
import { checkRuntime } from "./runtime.ts";

/**
 * Checks a whole configuration, as a request or an imported file would have it. What a schema can say is checked again, because
 * imported files have passed none.
 * @throws ServiceError with the code of the field that breaks its rule.
 */
export function checkConfig(config: FunctionConfig): void {
  const { runtime = "", handler = "", timeout = 0, memory_size: memory = 0, type } = config;
  checkRuntime(runtime);
  checkHandler(runtime, handler);
  checkMemory(memory);
  checkTimeout(timeout);
  checkUserData("user_data", config.user_data ?? "");
  checkUserData("encrypted_user_data", config.encrypted_user_data ?? "");
  checkDescription(config.description ?? "");
  checkInitializer(runtime, config);
  checkExtras(runtime, config.gpu_memory, config.ephemeral_storage);
  if (config.strategy_config) checkStrategy(config.strategy_config, runtime, type);
  if (config.func_vpc) checkVpc(config.func_vpc);
  checkDomainNames(config.domain_names ?? "");
  checkPeeringCidr(config.peering_cidr ?? "");
  if (config.mount_config) checkMounts(config.mount_config, config.xrole);
  if (config.is_stateful_function && type === "v1") {
    throw new ServiceError(
      "FSS.0400",
      "invalid parameter: is_stateful_function needs a function of type v2, and the type is v1.",
    );
  }
}
