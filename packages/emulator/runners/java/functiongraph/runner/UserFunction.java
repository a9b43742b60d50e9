package functiongraph.runner;

import java.io.File;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.util.Map;

/** A function that is loaded: its class path, its object, its methods. */
final class UserFunction {
    final ClassLoader classes;
    private final Map<String, Object> settings;
    private final int mostResult;
    private final Methods.Bound handler;
    private final Methods.Bound initializer;
    private final Methods.Bound preStop;
    private final Methods.Bound heartbeat;
    private final Converter converter;

    /** @throws Failure 4001 when its class or a method cannot be found or made */
    UserFunction(Frame load) throws Failure {
        settings = load.object("context");
        mostResult = load.number("maxResult");
        try {
            classes = ClassPath.of(new File(load.text("code")));
            Thread.currentThread().setContextClassLoader(classes);
            converter = new Converter(Gson.in(classes));
        } catch (MalformedURLException | ReflectiveOperationException | LinkageError broken) {
            throw Failure.of(4001, "function entry exception, error: ", broken);
        }
        Methods methods = new Methods(classes);
        handler = methods.handler(load.text("handler"));
        initializer = load.text("initializer").isEmpty() ? null : methods.lifecycle(load.text("initializer"));
        preStop = load.text("preStop").isEmpty() ? null : methods.lifecycle(load.text("preStop"));
        heartbeat = load.text("heartbeat").isEmpty() ? null : methods.heartbeat(load.text("heartbeat"));
    }

    /** Runs the initializer, if there is one. @throws Failure 4201 */
    void initialize() throws Failure {
        if (initializer == null) return;
        try {
            initializer.invoke(lifecycleContext(initializer));
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable thrown) {
            throw Failure.of(4201, "function initialization failed, error: ", thrown);
        }
    }

    /** @throws Failure 4002, 4004, 4007 */
    byte[] call(Frame call) throws Failure {
        Object result;
        try {
            Type[] types = handler.method.getGenericParameterTypes();
            // The time that is left counts from here.
            Object context = types.length == 2 ? context(call) : null;
            Object event = converter.event(call.body, types[0]);
            result = types.length == 2 ? handler.invoke(event, context) : handler.invoke(event);
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable thrown) {
            throw Failure.of(4002, "function invocation exception, error: ", thrown);
        }
        byte[] bytes;
        try {
            bytes = converter.result(result);
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable thrown) {
            throw Failure.of(4007, "function result is invalid, error: ", thrown);
        }
        if (bytes.length > mostResult)
            throw Failure.plain(
                4004, "response body size " + bytes.length + " exceeds the limit of " + mostResult, "FunctionResponseTooLarge");
        return bytes;
    }

    /** Runs the pre-stop method, if there is one; what it throws goes to the log. */
    void stop() {
        if (preStop == null) return;
        try {
            preStop.invoke(lifecycleContext(preStop));
        } catch (Throwable thrown) {
            thrown.printStackTrace();
        }
    }

    /** Null when there is none. */
    Methods.Bound heartbeat() {
        return heartbeat;
    }

    private Object context(Frame call) {
        Class<?> type = handler.method.getParameterTypes()[1];
        return Contexts.of(type, settings, call.text("id"), call.text("alias"), call.object("keys"));
    }

    private Object lifecycleContext(Methods.Bound method) {
        Class<?> type = method.method.getParameterTypes()[0];
        return Contexts.of(type, settings, "", "", settings);
    }
}
