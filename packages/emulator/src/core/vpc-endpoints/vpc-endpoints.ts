import type { CreateVpcEndpointRequest, CreateVpcEndpointResponse } from "@functiongraph/types";
import { type Collection, collection } from "../../store/store.ts";
import type { App } from "../app.ts";
import { ServiceError } from "../service-error.ts";

/** What stands for an endpoint: nothing listens at its address. Stored under `<VPC>:<subnet>`, each percent-encoded. */
interface VpcEndpointRecord {
  readonly endpoints: readonly string[];
  readonly address: string;
}

const vpcEndpoints: Collection<VpcEndpointRecord> = collection<VpcEndpointRecord>("vpc-endpoint");

const endpointKey = (vpc: string, subnet: string): string =>
  `${encodeURIComponent(vpc)}:${encodeURIComponent(subnet)}`;

/**
 * Creates the endpoint of a subnet; one that is there already is returned again.
 * @throws ServiceError FSS.1036, FSS.1037 for an empty identifier.
 */
export function createEndpoint(
  app: App,
  project: string,
  { vpc_id: vpc, subnet_id: subnet }: CreateVpcEndpointRequest,
): CreateVpcEndpointResponse {
  if (vpc.trim() === "") throw new ServiceError("FSS.1036", "The VPC does not exist. vpc_id is empty.");
  if (subnet.trim() === "")
    throw new ServiceError("FSS.1037", "No subnet matches the specified ID. subnet_id is empty.");
  return app.store.write((tx) => {
    const key = endpointKey(vpc, subnet);
    const present = tx.get(vpcEndpoints, project, key);
    const endpoint = present ?? {
      endpoints: [`192.168.${Math.floor(app.rng.next() * 256)}.${2 + Math.floor(app.rng.next() * 253)}`],
      address: `https://functiongraph-${app.rng.hex(8)}.${app.region}.example.com`,
    };
    if (!present) tx.put(vpcEndpoints, project, key, endpoint);
    return { endpoints: [...endpoint.endpoints], address: endpoint.address };
  });
}

/** Deletes the endpoint of a subnet, if it has one. */
export function deleteEndpoint(app: App, project: string, vpc: string, subnet: string): void {
  app.store.write((tx) => tx.delete(vpcEndpoints, project, endpointKey(vpc, subnet)));
}
