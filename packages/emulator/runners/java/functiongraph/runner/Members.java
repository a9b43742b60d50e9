package functiongraph.runner;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The properties of a class: its fields, and the setters and getters beside them. */
final class Members {
    private static final Map<Class<?>, Members> KNOWN = new ConcurrentHashMap<>();

    final Map<String, Field> fields = new LinkedHashMap<>();
    final Map<String, Method> setters = new LinkedHashMap<>();
    final Map<String, Method> getters = new LinkedHashMap<>();

    private Members(Class<?> type) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass())
            for (Field field : at.getDeclaredFields()) addField(field);
        for (Method method : type.getMethods()) addMethod(method);
    }

    static Members of(Class<?> type) {
        Members known = KNOWN.get(type);
        if (known == null) {
            known = new Members(type);
            KNOWN.put(type, known);
        }
        return known;
    }

    private void addField(Field field) {
        boolean stored = (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0 && !field.isSynthetic();
        if (!stored || fields.containsKey(field.getName())) return;
        field.setAccessible(true);
        fields.put(field.getName(), field);
    }

    private void addMethod(Method method) {
        if (Modifier.isStatic(method.getModifiers()) || method.isBridge() || method.getDeclaringClass() == Object.class) return;
        String name = method.getName();
        int parameters = method.getParameterTypes().length;
        Class<?> result = method.getReturnType();
        if (name.startsWith("set") && name.length() > 3 && parameters == 1) add(setters, name.substring(3), method);
        else if (name.startsWith("get") && name.length() > 3 && parameters == 0 && result != void.class)
            add(getters, name.substring(3), method);
        else if (name.startsWith("is") && name.length() > 2 && parameters == 0 && result == boolean.class)
            add(getters, name.substring(2), method);
    }

    private static void add(Map<String, Method> methods, String name, Method method) {
        // The class itself may not be public.
        method.setAccessible(true);
        methods.put(decapitalize(name), method);
    }

    /** As the beans of java.desktop have it, which would be a large module for this. */
    private static String decapitalize(String name) {
        boolean acronym = name.length() > 1 && Character.isUpperCase(name.charAt(0)) && Character.isUpperCase(name.charAt(1));
        return acronym ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
