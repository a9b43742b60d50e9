package functiongraph.runner;

import java.lang.reflect.Field;
import java.util.Map;

/**
 * The environment variables. A process that was started ahead learns its function's when it gets it, and Java reads them but once; so what
 * it has read is replaced. The manifest of the runner opens java.lang and java.util for this.
 */
final class Environment {
    private Environment() {}

    @SuppressWarnings("unchecked")
    static void replace(Map<String, Object> variables) throws ReflectiveOperationException {
        Field shown = Class.forName("java.lang.ProcessEnvironment").getDeclaredField("theUnmodifiableEnvironment");
        shown.setAccessible(true);
        Field inner = Class.forName("java.util.Collections$UnmodifiableMap").getDeclaredField("m");
        inner.setAccessible(true);
        Map<String, String> environment = (Map<String, String>) inner.get(shown.get(null));
        environment.clear();
        for (Map.Entry<String, Object> variable : variables.entrySet()) {
            String value = String.valueOf(variable.getValue());
            // No process could have got such a value.
            if (value.indexOf('\0') < 0) environment.put(variable.getKey(), value);
        }
    }
}
