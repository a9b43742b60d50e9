// The context object that a handler gets as its second argument.
"use strict";

const levels = ["DEBUG", "INFO", "WARN", "ERROR"];

/** @param settings of the function @param call what this call has of its own @param started when it began, in nanoseconds */
exports.makeContext = (settings, call, started) => {
  const keys = call.keys || {};
  const userData = settings.userData || {};
  let logger;
  return {
    getRequestID: () => call.id || "",
    getRemainingTimeInMilliSeconds: () =>
      settings.timeout * 1000 - Math.floor(Number(process.hrtime.bigint() - started) / 1e6),
    getAccessKey: () => keys.accessKey || "",
    getSecretKey: () => keys.secretKey || "",
    getSecurityAccessKey: () => keys.securityAccessKey || "",
    getSecuritySecretKey: () => keys.securitySecretKey || "",
    getSecurityToken: () => keys.securityToken || "",
    getToken: () => keys.token || "",
    getUserData: (key) => (Object.hasOwn(userData, key) ? userData[key] : undefined),
    getFunctionName: () => settings.functionName,
    // Milliseconds, whatever its name says.
    getRunningTimeInSeconds: () => settings.timeout * 1000,
    getVersion: () => settings.version,
    getMemorySize: () => String(settings.memory),
    getCPUNumber: () => String(settings.cpu),
    getPackage: () => settings.package,
    getProjectID: () => settings.projectId,
    getAlias: () => call.alias || "",
    getWorkflowID: () => "",
    getWorkflowRunID: () => "",
    getWorkflowStateID: () => "",
    getLogger: () => {
      logger = logger || makeLogger(call.id || "");
      return logger;
    },
  };
};

function makeLogger(requestId) {
  let lowest = 1;
  const log =
    (level) =>
    (...texts) => {
      if (levels.indexOf(level) < lowest) return;
      const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
      const line = texts.map((text) => (typeof text === "string" ? text : JSON.stringify(text))).join(" ");
      process.stdout.write(`${time} ${requestId} ${level} ${line}\n`);
    };
  return {
    debug: log("DEBUG"),
    info: log("INFO"),
    warn: log("WARN"),
    error: log("ERROR"),
    setLevel: (level) => {
      const index = levels.indexOf(String(level).toUpperCase());
      if (index >= 0) lowest = index;
    },
  };
}
