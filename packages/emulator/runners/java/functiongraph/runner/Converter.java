package functiongraph.runner;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Turns events into what a handler takes, and what it returns into results. */
final class Converter {
    private final Gson gson;

    /** @param gson the function's own, null where it has none */
    Converter(Gson gson) {
        this.gson = gson;
    }

    /** A String is the JSON as it came in. */
    Object event(byte[] json, Type type) throws Throwable {
        if (type == byte[].class) return json;
        String text = new String(json, StandardCharsets.UTF_8);
        if (type == String.class) return text;
        return gson == null ? FromJson.bind(Json.parse(text), type) : gson.read(text, type);
    }

    /** A String is the result as it is, null is an empty one. */
    byte[] result(Object value) throws Throwable {
        if (value == null) return new byte[0];
        if (value instanceof byte[]) return (byte[]) value;
        String text;
        if (value instanceof String) text = (String) value;
        else text = gson == null ? Json.print(ToJson.tree(value)) : gson.write(value);
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
