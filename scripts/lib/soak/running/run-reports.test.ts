import { once } from "node:events";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { RunReports } from "./run-reports.ts";

it("counts lines, also those that come in pieces and from several connections", async () => {
  const reports = await RunReports.open();
  for (const pieces of [["a\nb", "c\n"], ["a\n"]]) {
    const socket = connect(reports.port, "127.0.0.1");
    for (const piece of pieces) socket.write(piece);
    socket.end();
    await once(socket, "finish");
  }
  await reports.reached(2, 2000);
  await expect.poll(() => reports.total).toBe(3);
  expect([reports.of("a"), reports.of("bc"), reports.of("c"), reports.size]).toEqual([2, 1, 0, 2]);
  await reports.close();
});
