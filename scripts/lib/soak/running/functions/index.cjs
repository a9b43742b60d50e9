"use strict";

// What the heavy runs call: tells that a run has begun, and does what the event says.
const { connect } = require("node:net");

const instance = Math.random().toString(36).slice(2);
let reports;

/** Sends the name of the run to whoever counts them; resolves when the kernel has it, for the process may be killed next. */
async function report(id, port) {
  reports ??= new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    socket.once("connect", () => resolve(socket)).once("error", reject);
    socket.unref();
  });
  const socket = await reports;
  await new Promise((resolve, reject) =>
    socket.write(`${id}\n`, (error) => (error ? reject(error) : resolve())),
  );
}

const actions = {
  echo: ({ id }) => ({ id, instance }),
  large: ({ id, filling }) => ({ id, filling }),
  sleep: ({ id, ms }) => new Promise((resolve) => setTimeout(resolve, ms, { id })),
  throw: ({ id }) => {
    throw new Error(id);
  },
  log: ({ id, lines }) => {
    for (let line = 1; line <= lines; line += 1) console.log(`${id} line ${line}`);
    return { id };
  },
  hang: () => new Promise(() => {}),
  spin: () => {
    for (;;);
  },
  exit: () => process.exit(3),
  hog: () => {
    const taken = [];
    for (;;) taken.push(Buffer.alloc(8 * 1024 * 1024, 1));
  },
};

exports.handler = async (event, context) => {
  await report(event.id, context.getUserData("REPORTS"));
  return actions[event.action](event);
};

exports.withCallback = (event, context, callback) => {
  report(event.id, context.getUserData("REPORTS")).then(() => {
    if (event.action === "fail") callback(new Error(event.id));
    else callback(null, actions[event.action](event));
  }, callback);
};
