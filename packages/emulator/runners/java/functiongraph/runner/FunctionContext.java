package functiongraph.runner;

import com.services.runtime.Context;
import com.services.runtime.RuntimeLogger;
import java.util.Collections;
import java.util.Map;

/** The context of one call, of the initializer, or of the pre-stop method. */
final class FunctionContext implements Context {
    private final Map<String, Object> function;
    private final Map<String, Object> userData;
    private final Map<String, Object> keys;
    private final String requestId;
    private final String alias;
    private final FunctionLogger logger;
    private final long started = System.nanoTime();
    private volatile String state = "";

    /** @param function what `load` said, @param keys temporary keys of the function's agency, empty without one */
    FunctionContext(Map<String, Object> function, String requestId, String alias, Map<String, Object> keys) {
        this.function = function;
        this.keys = keys;
        this.requestId = requestId;
        this.alias = alias;
        this.logger = new FunctionLogger(requestId);
        this.userData = userDataOf(function);
    }

    @Override
    public String getRequestID() {
        return requestId;
    }

    @Override
    public int getRemainingTimeInMilliSeconds() {
        long left = getRunningTimeInSeconds() * 1000L - (System.nanoTime() - started) / 1_000_000;
        return (int) Math.min(Math.max(left, 0), Integer.MAX_VALUE);
    }

    @Override
    public String getAccessKey() {
        return key("accessKey");
    }

    @Override
    public String getSecretKey() {
        return key("secretKey");
    }

    @Override
    public String getSecurityAccessKey() {
        return key("securityAccessKey");
    }

    @Override
    public String getSecuritySecretKey() {
        return key("securitySecretKey");
    }

    @Override
    public String getSecurityToken() {
        return key("securityToken");
    }

    @Override
    public String getToken() {
        return key("token");
    }

    @Override
    public String getUserData(String key) {
        Object value = userData.get(key);
        return value == null ? null : String.valueOf(value);
    }

    @Override
    public String getFunctionName() {
        return text("functionName");
    }

    @Override
    public int getRunningTimeInSeconds() {
        return Frame.intOf(function, "timeout");
    }

    @Override
    public String getVersion() {
        return text("version");
    }

    @Override
    public int getMemorySize() {
        return Frame.intOf(function, "memory");
    }

    @Override
    public int getCPUNumber() {
        return Frame.intOf(function, "cpu");
    }

    @Override
    public String getPackage() {
        return text("package");
    }

    @Override
    public String getProjectID() {
        return text("projectId");
    }

    @Override
    public String getAlias() {
        return alias;
    }

    @Override
    public RuntimeLogger getLogger() {
        return logger;
    }

    @Override
    public String getWorkflowID() {
        return "";
    }

    @Override
    public String getWorkflowRunID() {
        return "";
    }

    @Override
    public String getWorkflowStateID() {
        return "";
    }

    @Override
    public String getState() {
        return state;
    }

    @Override
    public void setState(String state) {
        this.state = state;
    }

    @Override
    public String getInstanceID() {
        return "";
    }

    @Override
    public String getInvokeID() {
        return requestId;
    }

    @Override
    public String getTraceID() {
        return "";
    }

    @Override
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
