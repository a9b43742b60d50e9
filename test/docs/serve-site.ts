import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { siteHandler } from "@functiongraph/docs";

/** The built site on a free port of the loopback interface. */
export interface SiteServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveSite(): Promise<SiteServer> {
  const server = createServer(siteHandler()).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    // A listening TCP server has an address of this form.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
