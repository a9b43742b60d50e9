// Runs one Node.js function: loads its module, and calls its handler.
"use strict";

const Module = require("node:module");
const { performance } = require("node:perf_hooks");
const { makeContext } = require("./context.cjs");
const { describeError, isError } = require("./errors.cjs");
const { findMethod } = require("./load-function.cjs");
const { readResult } = require("./result.cjs");

/** Of src/sandbox/marker.ts. */
const mark = "FUNCTIONGRAPH_INSTANCE";

/**
 * @param send of frames.cjs
 * @param state gives what messages say of the process
 */
exports.FunctionRunner = class {
  #send;
  #state;
  #settings;
  #handler;

  constructor(send, state) {
    this.#send = send;
    this.#state = state;
  }

  async load(settings) {
    // All but the mark by which the emulator finds what the function starts, where it has no namespace of its own.
    for (const name of Object.keys(process.env)) if (name !== mark) delete process.env[name];
    Object.assign(process.env, settings.environment);
    // The folders of modules were read from the environment when the process started.
    if (settings.environment.NODE_PATH) Module._initPaths?.();
    const { code: folder, initializer } = settings;
    let phase = 4002;
    try {
      process.chdir(settings.root);
      this.#handler = await findMethod(folder, settings.handler);
      this.#settings = settings;
      if (initializer) {
        const method = await findMethod(folder, initializer, "initializer", 4009);
        phase = 4009;
        await this.#runLifecycle(method);
      }
      this.#send({ type: "loaded", ahead: true, ...this.#state() });
    } catch (error) {
      const { code, errorMessage: message, errorType, payload } = describeError(error, folder, phase);
      this.#send({ type: "failed", code, message, errorType, ...this.#state() }, payload);
    }
  }

  /** @param choose gives the ID of the call that comes next, which the answer tells: it may have begun when this process dies @param done called when the answer is out */
  call(head, body, choose, done) {
    const settings = this.#settings;
    const began = performance.now();
    let over = false;
    const end = (code, payload) => {
      // Of several answers the first one counts.
      if (over) return;
      over = true;
      const took = performance.now() - began;
      this.#send(
        { type: "result", id: head.id, code, took, next: choose(), ...this.#state() },
        payload,
        done,
      );
    };
    const fail = (error, phase) => {
      const { code, payload } = describeError(error, settings.code, phase);
      end(code, payload);
    };
    const finish = (value, wanted) => {
      const { code, payload } = readResult(value, settings.maxResult, wanted);
      end(code, payload);
    };
    const succeed = (value) => finish(value);
    let event;
    try {
      event = body.length === 0 ? undefined : JSON.parse(body.toString());
    } catch (error) {
      return fail(error);
    }
    const context = makeContext(settings.context, head);
    const callback = (error, value) => {
      if (error === null || error === undefined) succeed(value);
      else if (isError(error)) fail(error, 4001);
      else finish(error, 4001);
    };
    try {
      const result = this.#handler(event, context, callback);
      if (result && typeof result.then === "function") result.then(succeed, (error) => fail(error));
    } catch (error) {
      fail(error);
    }
  }

  async stop() {
    const settings = this.#settings;
    if (settings?.preStop) {
      try {
        await this.#runLifecycle(await findMethod(settings.code, settings.preStop, "pre-stop method"));
      } catch (error) {
        const { errorMessage, stackTrace = [] } = describeError(error, settings.code, 0);
        console.error([errorMessage, ...stackTrace].join("\n    "));
      }
    }
    process.exit(0);
  }

  /** Runs the initializer or the pre-stop method: with a callback, or as a promise. */
  #runLifecycle(method) {
    return new Promise((resolve, reject) => {
      const { context: settings } = this.#settings;
      // What the function's agency allows is in its settings, as no call says it.
      const result = method(makeContext(settings, { keys: settings }), (error) =>
        error ? reject(error) : resolve(),
      );
      if (result && typeof result.then === "function") result.then(resolve, reject);
      // One that neither takes a callback nor returns a promise has ended.
      else if (method.length < 2) resolve();
    });
  }
};
