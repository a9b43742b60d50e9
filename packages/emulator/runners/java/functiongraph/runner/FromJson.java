package functiongraph.runner;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Makes what a handler takes out of parsed JSON, for functions that bring no Gson. */
final class FromJson {
    private FromJson() {}

    /** @throws IllegalArgumentException when the value does not fit the type, with the path to it */
    static Object bind(Object value, Type type) throws Throwable {
        return bind(value, type, "$");
    }

    private static Object bind(Object value, Type type, String path) throws Throwable {
        if (type instanceof ParameterizedType) {
            ParameterizedType generic = (ParameterizedType) type;
            return bindClass(value, (Class<?>) generic.getRawType(), generic.getActualTypeArguments(), path);
        }
        if (type instanceof GenericArrayType) return array(value, ((GenericArrayType) type).getGenericComponentType(), path);
        if (type instanceof WildcardType) return bind(value, ((WildcardType) type).getUpperBounds()[0], path);
        if (type instanceof TypeVariable) return bind(value, ((TypeVariable<?>) type).getBounds()[0], path);
        return bindClass(value, (Class<?>) type, new Type[0], path);
    }

    private static Object bindClass(Object value, Class<?> type, Type[] arguments, String path) throws Throwable {
        if (value == null) return nothing(type);
        if (type == Object.class) return value;
        if (type == String.class || type == CharSequence.class) return text(value, path);
        if (type == boolean.class || type == Boolean.class) {
            if (value instanceof Boolean) return value;
            throw misfit(value, "a boolean", path);
        }
        if (type == char.class || type == Character.class) {
            if (value instanceof String && ((String) value).length() == 1) return ((String) value).charAt(0);
            throw misfit(value, "one character", path);
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) return number(value, type, path);
        if (type.isEnum()) return constant(value, type);
        if (type.isArray()) return array(value, type.getComponentType(), path);
        if (Collection.class.isAssignableFrom(type) || type == Iterable.class)
            return collection(value, type, arguments.length == 1 ? arguments[0] : Object.class, path);
        if (Map.class.isAssignableFrom(type)) return map(value, type, arguments, path);
        return object(value, type, path);
    }

    private static Object nothing(Class<?> type) {
        // An array of a primitive type begins with its default value.
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    private static String text(Object value, String path) {
        if (value instanceof Map || value instanceof List) throw misfit(value, "a string", path);
        return value.toString();
    }

    private static Object number(Object value, Class<?> type, String path) {
        try {
            if (!(value instanceof Number || value instanceof String)) throw misfit(value, "a number", path);
            BigDecimal number = new BigDecimal(value.toString());
            if (type == int.class || type == Integer.class) return number.intValueExact();
            if (type == long.class || type == Long.class) return number.longValueExact();
            if (type == double.class || type == Double.class) return number.doubleValue();
            if (type == float.class || type == Float.class) return number.floatValue();
            if (type == short.class || type == Short.class) return number.shortValueExact();
            if (type == byte.class || type == Byte.class) return number.byteValueExact();
            if (type == BigInteger.class) return number.toBigIntegerExact();
            if (type == BigDecimal.class) return number;
            if (type == Number.class) return value instanceof Number ? value : number;
        } catch (ArithmeticException | NumberFormatException wrong) {
            throw misfit(value, "a number of type " + type.getSimpleName(), path);
        }
        throw misfit(value, "a " + type.getName(), path);
    }

    private static Object constant(Object value, Class<?> type) {
        for (Object constant : type.getEnumConstants()) if (((Enum<?>) constant).name().equals(value)) return constant;
        return null;
    }

    private static Object array(Object value, Type item, String path) throws Throwable {
        List<?> items = list(value, path);
        Object array = Array.newInstance(rawOf(item), items.size());
        for (int i = 0; i < items.size(); i++) Array.set(array, i, bind(items.get(i), item, path + "[" + i + "]"));
        return array;
    }

    @SuppressWarnings("unchecked")
    private static Object collection(Object value, Class<?> type, Type item, String path) throws Throwable {
        List<?> items = list(value, path);
        Collection<Object> collection;
        if (type.isAssignableFrom(ArrayList.class)) collection = new ArrayList<>();
        else if (type.isAssignableFrom(LinkedHashSet.class)) collection = new LinkedHashSet<>();
        else collection = (Collection<Object>) make(type, path);
        int index = 0;
        for (Object entry : items) collection.add(bind(entry, item, path + "[" + index++ + "]"));
        return collection;
    }

    @SuppressWarnings("unchecked")
    private static Object map(Object value, Class<?> type, Type[] arguments, String path) throws Throwable {
        Type keys = arguments.length == 2 ? arguments[0] : String.class;
        Type values = arguments.length == 2 ? arguments[1] : Object.class;
        boolean plain = type.isAssignableFrom(LinkedHashMap.class);
        Map<Object, Object> map = plain ? new LinkedHashMap<>() : (Map<Object, Object>) make(type, path);
        for (Map.Entry<String, Object> entry : entries(value, path).entrySet()) {
            String at = path + "." + entry.getKey();
            map.put(bind(entry.getKey(), keys, at), bind(entry.getValue(), values, at));
        }
        return map;
    }

    private static Object object(Object value, Class<?> type, String path) throws Throwable {
        Map<String, Object> entries = entries(value, path);
        Object object = make(type, path);
        Members members = Members.of(type);
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            String at = path + "." + entry.getKey();
            Method setter = members.setters.get(entry.getKey());
            Field field = members.fields.get(entry.getKey());
            if (setter != null) call(setter, object, bind(entry.getValue(), setter.getGenericParameterTypes()[0], at));
            else if (field != null && !Modifier.isFinal(field.getModifiers()))
                field.set(object, bind(entry.getValue(), field.getGenericType(), at));
        }
        return object;
    }

    private static Object make(Class<?> type, String path) throws Throwable {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException | InstantiationException none) {
            throw new IllegalArgumentException(type.getName() + " at " + path + " has no constructor without parameters");
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static void call(Method setter, Object object, Object value) throws Throwable {
        try {
            setter.invoke(object, value);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static Class<?> rawOf(Type type) {
        if (type instanceof Class) return (Class<?>) type;
        if (type instanceof ParameterizedType) return (Class<?>) ((ParameterizedType) type).getRawType();
        return Object.class;
    }

    private static List<?> list(Object value, String path) {
        if (value instanceof List) return (List<?>) value;
        throw misfit(value, "an array", path);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> entries(Object value, String path) {
        if (value instanceof Map) return (Map<String, Object>) value;
        throw misfit(value, "an object", path);
    }

    private static IllegalArgumentException misfit(Object value, String wanted, String path) {
        String found = value instanceof Map ? "an object" : value instanceof List ? "an array" : Json.print(value);
        return new IllegalArgumentException("Expected " + wanted + " but was " + found + " at " + path);
    }
}
