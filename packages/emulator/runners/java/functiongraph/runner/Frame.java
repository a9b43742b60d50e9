package functiongraph.runner;

import java.util.Collections;
import java.util.Map;

/** A message of the channel: a JSON object and bytes that belong to it. */
final class Frame {
    final Map<String, Object> head;
    final byte[] body;

    Frame(Map<String, Object> head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /** A text of the head, empty where there is none. */
    String text(String name) {
        Object value = head.get(name);
        return value instanceof String ? (String) value : "";
    }

    /** A whole number of the head, 0 where there is none. */
    int number(String name) {
        return intOf(head, name);
    }

    /** An object of the head, empty where there is none. */
    @SuppressWarnings("unchecked")
    Map<String, Object> object(String name) {
        Object value = head.get(name);
        return value instanceof Map ? (Map<String, Object>) value : Collections.<String, Object>emptyMap();
    }

    static int intOf(Map<String, Object> object, String name) {
        Object value = object.get(name);
        return value instanceof Number ? ((Number) value).intValue() : 0;
    }
}
