package functiongraph.runner;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

/** The Gson that a function's package brings: then events and results are converted as it does. */
final class Gson {
    private final Object gson;
    private final Method read;
    private final Method write;

    private Gson(Class<?> type) throws ReflectiveOperationException {
        gson = type.getConstructor().newInstance();
        read = type.getMethod("fromJson", String.class, Type.class);
        write = type.getMethod("toJson", Object.class);
    }

    /** Null where the package has none. */
    static Gson in(ClassLoader classes) throws ReflectiveOperationException {
        try {
            return new Gson(classes.loadClass("com.google.gson.Gson"));
        } catch (ClassNotFoundException none) {
            return null;
        }
    }

    Object read(String json, Type type) throws Throwable {
        return invoke(read, json, type);
    }

    String write(Object value) throws Throwable {
        return (String) invoke(write, value);
    }

    private Object invoke(Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(gson, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
