package functiongraph.runner;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes what `Json` prints out of what a handler returns, for functions that bring no Gson. Like Gson it leaves out properties that are null. */
final class ToJson {
    private ToJson() {}

    /** @throws IllegalStateException for an object that holds itself */
    static Object tree(Object value) throws Throwable {
        return tree(value, 0);
    }

    private static Object tree(Object value, int depth) throws Throwable {
        if (depth > Json.MOST_DEPTH)
            throw new IllegalStateException("the result refers to itself, or is nested deeper than " + Json.MOST_DEPTH + " levels");
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) return value;
        if (value instanceof Enum) return ((Enum<?>) value).name();
        if (value instanceof Map) return map((Map<?, ?>) value, depth);
        if (value instanceof Iterable) {
            List<Object> list = new ArrayList<>();
            for (Object item : (Iterable<?>) value) list.add(tree(item, depth + 1));
            return list;
        }
        if (value.getClass().isArray()) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) list.add(tree(Array.get(value, i), depth + 1));
            return list;
        }
        // The insides of the standard library are its own: a date or an address is its text.
        if (value.getClass().getName().startsWith("java.") || value instanceof CharSequence) return value.toString();
        return object(value, depth);
    }

    private static Object map(Map<?, ?> map, int depth) throws Throwable {
        Map<String, Object> object = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = tree(entry.getValue(), depth + 1);
            if (value != null) object.put(String.valueOf(entry.getKey()), value);
        }
        return object;
    }

    private static Object object(Object value, int depth) throws Throwable {
        Members members = Members.of(value.getClass());
        Map<String, Object> object = new LinkedHashMap<>();
        for (Map.Entry<String, Field> entry : members.fields.entrySet()) {
            Object property = tree(entry.getValue().get(value), depth + 1);
            if (property != null) object.put(entry.getKey(), property);
        }
        if (!members.fields.isEmpty()) return object;
        for (Map.Entry<String, Method> entry : members.getters.entrySet()) {
            Object property = tree(get(entry.getValue(), value), depth + 1);
            if (property != null) object.put(entry.getKey(), property);
        }
        return object;
    }

    private static Object get(Method getter, Object value) throws Throwable {
        try {
            return getter.invoke(value);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
