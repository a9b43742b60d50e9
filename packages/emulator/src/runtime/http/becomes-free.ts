import { connect } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";

/** Milliseconds between looks: systems do not tell when a port becomes free. */
const shortestPause = 2;
const longestPause = 100;

/** Waits until nobody listens on a port of 127.0.0.1; whether that was so within so many milliseconds. */
export async function becomesFree(port: number, patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  for (let pause = shortestPause; await isTaken(port); pause = Math.min(pause * 2, longestPause)) {
    if (performance.now() > deadline) return false;
    await setTimeout(pause);
  }
  return true;
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
