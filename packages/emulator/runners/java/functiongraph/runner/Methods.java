package functiongraph.runner;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the methods that a function's configuration names, `package.Class.method`, and makes one object of each class. */
final class Methods {
    private final ClassLoader classes;
    private final Map<Class<?>, Object> objects = new HashMap<>();

    Methods(ClassLoader classes) {
        this.classes = classes;
    }

    /** A method of an object, or a static one. */
    static final class Bound {
        final Method method;
        private final Object object;

        Bound(Method method, Object object) {
            this.method = method;
            this.object = object;
        }

        /** Throws what the method throws. */
        Object invoke(Object... arguments) throws Throwable {
            try {
                return method.invoke(object, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }

    /** The method that takes calls: of the event and the context, or of the event alone. @throws Failure 4001 */
    Bound handler(String name) throws Failure {
        Method found = null;
        for (Method method : named(name)) {
            Class<?>[] types = method.getParameterTypes();
            if (types.length == 2 && Contexts.serve(types[1]) && !method.isBridge()) return bound(method);
            if (types.length == 1 && !method.isBridge()) found = method;
        }
        if (found != null) return bound(found);
        throw missing(name, "no public method of that name takes an event and a Context", "NoSuchMethodException");
    }

    /** A method of the context alone, such as the initializer. @throws Failure 4001 */
    Bound lifecycle(String name) throws Failure {
        for (Method method : named(name)) {
            Class<?>[] types = method.getParameterTypes();
            if (types.length == 1 && Contexts.serve(types[0])) return bound(method);
        }
        throw missing(name, "no public method of that name takes a Context", "NoSuchMethodException");
    }

    /** A method without parameters that returns a boolean. @throws Failure 4001 */
    Bound heartbeat(String name) throws Failure {
        for (Method method : named(name))
            if (method.getParameterTypes().length == 0 && method.getReturnType() == boolean.class) return bound(method);
        throw missing(name, "no public method of that name takes nothing and returns a boolean", "NoSuchMethodException");
    }

    private Iterable<Method> named(String name) throws Failure {
        int dot = name.lastIndexOf('.');
        if (dot <= 0) throw missing(name, "a handler is package.Class.method", "ClassNotFoundException");
        String className = name.substring(0, dot);
        try {
            List<Method> methods = new ArrayList<>();
            for (Method method : Class.forName(className, true, classes).getMethods())
                if (method.getName().equals(name.substring(dot + 1))) methods.add(method);
            return methods;
        } catch (ClassNotFoundException none) {
            throw missing(name, "the package has no class " + className, "ClassNotFoundException");
        } catch (UnsupportedClassVersionError newer) {
            throw missing(
                name,
                "the class " + className + " is compiled for a newer Java than the " + System.getProperty("java.version")
                    + " that runs here; install that Java or configure its program, or compile with --release "
                    + System.getProperty("java.specification.version"),
                newer.getClass().getName());
        } catch (NoClassDefFoundError lost) {
            String lostName = String.valueOf(lost.getMessage()).replace('/', '.');
            throw missing(name, "the package has no class " + lostName + ", which " + className + " needs", lost.getClass().getName());
        } catch (Throwable thrown) {
            throw Failure.of(4001, "function entry exception, error: ", rootOf(thrown));
        }
    }

    private Bound bound(Method method) throws Failure {
        // The method is public; its class need not be.
        method.setAccessible(true);
        if (Modifier.isStatic(method.getModifiers())) return new Bound(method, null);
        Class<?> type = method.getDeclaringClass();
        Object object = objects.get(type);
        if (object == null) {
            object = make(type);
            objects.put(type, object);
        }
        return new Bound(method, object);
    }

    private static Object make(Class<?> type) throws Failure {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException | InstantiationException none) {
            throw missing(
                type.getName(), "the class " + type.getName() + " has no constructor without parameters", "NoSuchMethodException");
        } catch (Throwable thrown) {
            throw Failure.of(4001, "function entry exception, error: ", rootOf(thrown));
        }
    }

    /** What the function's own code threw. */
    private static Throwable rootOf(Throwable thrown) {
        boolean wrapped = thrown instanceof InvocationTargetException || thrown instanceof ExceptionInInitializerError;
        return wrapped && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private static Failure missing(String name, String why, String type) {
        String full = type.indexOf('.') < 0 ? "java.lang." + type : type;
        return Failure.plain(4001, "function entry exception, error: user entry not found: " + name + ": " + why, full);
    }
}
