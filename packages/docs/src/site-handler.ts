import type { IncomingMessage, ServerResponse } from "node:http";
import sirv from "sirv";
import { siteFolder } from "./site-folder.ts";

/** Answers requests for the built site: its pages and files, and 404 with the way on for anything else. */
export function siteHandler(
  folder: string = siteFolder,
): (request: IncomingMessage, response: ServerResponse) => void {
  const files = sirv(folder, { etag: true, dotfiles: false });
  return (request, response) =>
    files(request, response, () => {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
      response.end(`There is no page ${request.url}. The reference is at /reference/.\n`);
    });
}
