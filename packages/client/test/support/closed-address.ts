import { startGateway } from "./gateway.ts";

/** An address of this machine at which nobody listens. */
export async function closedAddress(): Promise<string> {
  const { url, close } = await startGateway([]);
  await close();
  return url;
}
