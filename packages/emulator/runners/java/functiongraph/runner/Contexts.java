package functiongraph.runner;

import java.util.Map;

/**
 * Makes the context that a method's parameter takes. Functions are compiled against the interface of their cloud: of the same name, each in a
 * package of its own. An interface `Context` of yet another package is served by the names of its methods.
 */
final class Contexts {
    private Contexts() {}

    /** Whether a parameter of the type can take a context. */
    static boolean serve(Class<?> type) {
        return type.isAssignableFrom(com.services.runtime.Context.class)
            || type == com.opentelekomcloud.services.runtime.Context.class
            || type == com.huawei.services.runtime.Context.class
            || (type.isInterface() && type.getSimpleName().equals("Context"));
    }

    /** A context of a type that can take one; the other parameters are those of `FunctionContext`. */
    static Object of(Class<?> type, Map<String, Object> function, String requestId, String alias, Map<String, Object> keys) {
        if (type.isAssignableFrom(com.services.runtime.Context.class)) return new ServicesContext(function, requestId, alias, keys);
        if (type == com.opentelekomcloud.services.runtime.Context.class) return new TelekomContext(function, requestId, alias, keys);
        if (type == com.huawei.services.runtime.Context.class) return new HuaweiContext(function, requestId, alias, keys);
        return View.of(type, new FunctionContext(function, requestId, alias, keys));
    }
}
