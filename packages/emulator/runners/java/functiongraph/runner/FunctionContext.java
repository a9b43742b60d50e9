package functiongraph.runner;

import java.util.Collections;
import java.util.Map;

/**
 * The context of one call, of the initializer, or of the pre-stop method. It has the methods that the interfaces of all clouds have; what it is
 * handed over as, `Contexts` decides.
 */
class FunctionContext {
    private final Map<String, Object> function;
    private final Map<String, Object> userData;
    private final Map<String, Object> keys;
    private final String requestId;
    private final String alias;
    private final FunctionLogger logger;
    private final long started = System.nanoTime();
    private volatile Object state = "";

    /** @param function what `load` said, @param keys temporary keys of the function's agency, empty without one */
    FunctionContext(Map<String, Object> function, String requestId, String alias, Map<String, Object> keys) {
        this.function = function;
        this.keys = keys;
        this.requestId = requestId;
        this.alias = alias;
        this.logger = new FunctionLogger(requestId);
        this.userData = userDataOf(function);
    }

    public String getRequestID() {
        return requestId;
    }

    public int getRemainingTimeInMilliSeconds() {
        long left = getRunningTimeInSeconds() * 1000L - (System.nanoTime() - started) / 1_000_000;
        return (int) Math.min(Math.max(left, 0), Integer.MAX_VALUE);
    }

    public String getAccessKey() {
        return key("accessKey");
    }

    public String getSecretKey() {
        return key("secretKey");
    }

    public String getSecurityAccessKey() {
        return key("securityAccessKey");
    }

    public String getSecuritySecretKey() {
        return key("securitySecretKey");
    }

    public String getSecurityToken() {
        return key("securityToken");
    }

    public String getToken() {
        return key("token");
    }

    public String getUserData(String key) {
        Object value = userData.get(key);
        return value == null ? null : String.valueOf(value);
    }

    public String getFunctionName() {
        return text("functionName");
    }

    public int getRunningTimeInSeconds() {
        return Frame.intOf(function, "timeout");
    }

    public String getVersion() {
        return text("version");
    }

    public int getMemorySize() {
        return Frame.intOf(function, "memory");
    }

    public int getCPUNumber() {
        return Frame.intOf(function, "cpu");
    }

    public String getPackage() {
        return text("package");
    }

    public String getProjectID() {
        return text("projectId");
    }

    public String getAlias() {
        return alias;
    }

    public FunctionLogger getLogger() {
        return logger;
    }

    public String getWorkflowID() {
        return "";
    }

    public String getWorkflowRunID() {
        return "";
    }

    public String getWorkflowStateID() {
        return "";
    }

    public Object getState() {
        return state;
    }

    public void setState(Object state) {
        this.state = state;
    }

    public String getInstanceID() {
        return "";
    }

    public String getInvokeID() {
        return requestId;
    }

    public String getTraceID() {
        return "";
    }

    public String getInvokeProperty() {
        return "";
    }

    private String key(String name) {
        Object value = keys.get(name);
        return value instanceof String ? (String) value : "";
    }

    private String text(String name) {
        Object value = function.get(name);
        return value instanceof String ? (String) value : "";
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> userDataOf(Map<String, Object> function) {
        Object value = function.get("userData");
        return value instanceof Map ? (Map<String, Object>) value : Collections.<String, Object>emptyMap();
    }
}
