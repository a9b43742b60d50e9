package functiongraph.runner;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** An object of the runner as an interface that only the function's package knows: methods of the same name and parameters are called. */
final class View implements InvocationHandler {
    private final Object object;

    private View(Object object) {
        this.object = object;
    }

    static Object of(Class<?> type, Object object) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new View(object));
    }

    @Override
    public Object invoke(Object proxy, Method asked, Object[] arguments) throws Throwable {
        if (asked.getDeclaringClass() == Object.class) return ofObject(proxy, asked, arguments);
        for (Method own : object.getClass().getMethods()) {
            if (!own.getName().equals(asked.getName()) || own.isBridge() || !takes(own, asked)) continue;
            try {
                return converted(own.invoke(object, arguments), asked);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
        throw unknown(asked);
    }

    private Object ofObject(Object proxy, Method asked, Object[] arguments) {
        if (asked.getName().equals("equals")) return proxy == arguments[0];
        if (asked.getName().equals("hashCode")) return System.identityHashCode(proxy);
        return object.toString();
    }

    private static boolean takes(Method own, Method asked) {
        Class<?>[] owns = own.getParameterTypes();
        Class<?>[] theirs = asked.getParameterTypes();
        if (owns.length != theirs.length) return false;
        for (int i = 0; i < owns.length; i++) if (!owns[i].isAssignableFrom(theirs[i])) return false;
        return true;
    }

    /** The result as the type that the interface has for it, such as the logger of its own package. */
    private static Object converted(Object result, Method asked) {
        Class<?> type = asked.getReturnType();
        if (result == null || type == void.class || type.isInstance(result)) return result;
        if (type == String.class) return result.toString();
        if (result instanceof Number) {
            if (type == int.class || type == Integer.class) return ((Number) result).intValue();
            if (type == long.class || type == Long.class) return ((Number) result).longValue();
        }
        if (result instanceof FunctionLogger && type.isInterface()) return of(type, result);
        throw unknown(asked);
    }

    private static RuntimeException unknown(Method asked) {
        return new UnsupportedOperationException("The emulator has no " + asked + " that it could call.");
    }
}
