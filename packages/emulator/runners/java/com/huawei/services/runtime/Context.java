package com.huawei.services.runtime;

/** What a handler, an initializer and a pre-stop method are told about the call and the function, as Huawei Cloud names it. */
public interface Context {
    String getRequestID();

    /** Milliseconds that are left of the function's timeout, never below 0. */
    int getRemainingTimeInMilliSeconds();

    String getAccessKey();

    String getSecretKey();

    String getSecurityAccessKey();

    String getSecuritySecretKey();

    String getSecurityToken();

    String getToken();

    /** The value of a variable of the function, null where there is none. */
    String getUserData(String key);

    String getFunctionName();

    /** Seconds that a call may take. */
    int getRunningTimeInSeconds();

    String getVersion();

    /** MB. */
    int getMemorySize();

    /** Thousandths of a CPU. */
    int getCPUNumber();

    String getPackage();

    String getProjectID();

    String getAlias();

    RuntimeLogger getLogger();

    String getWorkflowID();

    String getWorkflowRunID();

    String getWorkflowStateID();

    String getState();

    void setState(String state);

    String getInstanceID();

    String getInvokeID();

    String getTraceID();

    String getInvokeProperty();
}
