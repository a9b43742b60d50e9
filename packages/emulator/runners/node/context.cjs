// The context object that a handler gets as its second argument: properties and methods of the published library.
"use strict";

const { performance } = require("node:perf_hooks");
const { makeLogger } = require("./logger.cjs");

class Context {
  #started = performance.now();
  #logger;

  constructor(settings, call) {
    const keys = call.keys || {};
    this.functionName = settings.functionName;
    this.package = settings.package;
    this.projectID = settings.projectId;
    this.functionVersion = settings.version;
    this.memory = String(settings.memory);
    this.cpu = String(settings.cpu);
    // A call that changes it does so for itself.
    this.userData = { ...settings.userData };
    // Milliseconds.
    this.timeout = settings.timeout * 1000;
    this.startTime = Date.now();
    this.requestID = call.id || "";
    this.accessKey = keys.accessKey || "";
    this.secretKey = keys.secretKey || "";
    this.securityAccessKey = keys.securityAccessKey || "";
    this.securitySecretKey = keys.securitySecretKey || "";
    this.securityToken = keys.securityToken || "";
    this.authToken = keys.token || "";
    this.invokeID = this.requestID;
    this.traceID = this.requestID;
    this.invokeProperty = null;
    this.fromTask = false;
    this.instanceID = null;
    this.state = null;
    this.alias = call.alias || "";
    this.workflowID = "";
    this.workflowRunID = "";
    this.workflowStateID = "";
  }

  get logger() {
    this.#logger = this.#logger || makeLogger(this.requestID);
    return this.#logger;
  }

  getLogger() {
    return this.logger;
  }

  getRequestID() {
    return this.requestID;
  }

  getRemainingTimeInMilliSeconds() {
    return this.timeout - Math.floor(performance.now() - this.#started);
  }

  getRunningTimeInSeconds() {
    // Milliseconds, whatever its name says.
    return this.timeout;
  }

  getUserData(key) {
    return Object.hasOwn(this.userData, key) ? this.userData[key] : undefined;
  }

  getFunctionName() {
    return this.functionName;
  }

  getVersion() {
    return this.functionVersion;
  }

  getPackage() {
    return this.package;
  }

  getProjectID() {
    return this.projectID;
  }

  getMemorySize() {
    return this.memory;
  }

  getCPUNumber() {
    return this.cpu;
  }

  getAlias() {
    return this.alias;
  }

  getAccessKey() {
    return this.accessKey;
  }

  getSecretKey() {
    return this.secretKey;
  }

  getSecurityAccessKey() {
    return this.securityAccessKey;
  }

  getSecuritySecretKey() {
    return this.securitySecretKey;
  }

  getSecurityToken() {
    return this.securityToken;
  }

  getToken() {
    return this.authToken;
  }

  getWorkflowID() {
    return this.workflowID;
  }

  getWorkflowRunID() {
    return this.workflowRunID;
  }

  getWorkflowStateID() {
    return this.workflowStateID;
  }
}

/** @param settings of the function @param call what this call has of its own: id, alias and keys; nothing in the life of an instance */
exports.makeContext = (settings, call) => new Context(settings, call);
