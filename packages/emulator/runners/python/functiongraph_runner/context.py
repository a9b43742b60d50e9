"""The context object that handlers get."""

import os
import time

from .logger import logger_of

_INSTANCE_ID = os.urandom(16).hex()


class Context:
    """What a function can learn about itself and its call; names and types are those of the service."""

    def __init__(self, function, request_id="", alias="", keys=None):
        keys = keys or {}
        self.function_name = function.get("functionName") or ""
        self.function_version = function.get("version") or ""
        self.package = function.get("package") or ""
        self.project_id = function.get("projectId") or ""
        self.memory = str(function.get("memory") or "0")
        self.cpu = str(function.get("cpu") or "0")
        self.user_data = function.get("userData") or {}
        # Milliseconds.
        self.timeout = int((function.get("timeout") or 3) * 1000)
        self.request_id = request_id
        self.alias = alias
        self.access_key = keys.get("accessKey") or ""
        self.secret_key = keys.get("secretKey") or ""
        self.security_access_key = keys.get("securityAccessKey") or ""
        self.security_secret_key = keys.get("securitySecretKey") or ""
        self.security_token = keys.get("securityToken") or ""
        self.auth_token = keys.get("token") or ""
        self.start_time = int(time.time() * 1000)
        self._started = time.monotonic()
        self.workflow_id = ""
        self.workflow_run_id = ""
        self.workflow_state_id = ""
        self.invoke_id = request_id
        self.trace_id = request_id
        self.invoke_property = None
        self.instance_id = _INSTANCE_ID
        self.state = None
        self._logger = None

    def getRequestID(self):
        return self.request_id

    def getRemainingTimeInMilliSeconds(self):
        return self.timeout - int((time.monotonic() - self._started) * 1000)

    def getRunningTimeInSeconds(self):
        # Milliseconds, whatever its name says: so it is in the service.
        return self.timeout

    def getMemorySize(self):
        return self.memory

    def getCPUNumber(self):
        return self.cpu

    def getUserData(self, key, default=None):
        return self.user_data.get(key, default)

    def getFunctionName(self):
        return self.function_name

    def getVersion(self):
        return self.function_version

    def getPackage(self):
        return self.package

    def getProjectID(self):
        return self.project_id

    def getAlias(self):
        return self.alias

    def getAccessKey(self):
        return self.access_key

    def getSecretKey(self):
        return self.secret_key

    def getSecurityAccessKey(self):
        return self.security_access_key

    def getSecuritySecretKey(self):
        return self.security_secret_key

    def getSecurityToken(self):
        return self.security_token

    def getToken(self):
        return self.auth_token

    def getLogger(self):
        if self._logger is None:
            self._logger = logger_of(self.request_id)
        return self._logger

    @property
    def logger(self):
        return self.getLogger()

    def getWorkflowID(self):
        return self.workflow_id

    def getWorkflowRunID(self):
        return self.workflow_run_id

    def getWorkflowStateID(self):
        return self.workflow_state_id

    def get_state(self):
        return self.state

    def set_state(self, state):
        self.state = state

    def get_instance_id(self):
        return self.instance_id

    def set_instance_id(self, instance_id):
        self.instance_id = instance_id

    def get_invoke_id(self):
        return self.invoke_id

    def get_trace_id(self):
        return self.trace_id

    def get_invoke_property(self):
        return self.invoke_property
