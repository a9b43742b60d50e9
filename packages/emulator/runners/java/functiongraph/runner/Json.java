package functiongraph.runner;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON into Map, List, String, Long, BigInteger, Double, Boolean and null, and prints those. The runner has its own so that it needs
 * nothing beside the standard library, and a function is free in which library it brings.
 */
final class Json {
    /** Deeper texts would overflow the stack. */
    static final int MOST_DEPTH = 500;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException for what is no JSON, with the place where it ends being some */
    static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.skipSpace();
        if (json.at < text.length()) throw json.unexpected();
        return value;
    }

    /** In one line. */
    static String print(Object value) {
        StringBuilder out = new StringBuilder();
        print(value, "", "", out, 0);
        return out.toString();
    }

    /** In several lines, each level two spaces further in. */
    static String printPretty(Object value) {
        StringBuilder out = new StringBuilder();
        print(value, "  ", "\n", out, 0);
        return out.toString();
    }

    private Object value() {
        skipSpace();
        if (at >= text.length()) throw new IllegalArgumentException("Unexpected end of JSON");
        char first = text.charAt(at);
        if (first == '{') return object();
        if (first == '[') return array();
        if (first == '"') return string();
        if (first == '-' || (first >= '0' && first <= '9')) return number();
        if (word("true")) return Boolean.TRUE;
        if (word("false")) return Boolean.FALSE;
        if (word("null")) return null;
        throw unexpected();
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        enter();
        if (!next('}')) {
            do {
                skipSpace();
                if (at >= text.length() || text.charAt(at) != '"') throw unexpected();
                String name = string();
                if (!next(':')) throw unexpected();
                object.put(name, value());
            } while (next(','));
            if (!next('}')) throw unexpected();
        }
        depth--;
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        enter();
        if (!next(']')) {
            do {
                array.add(value());
            } while (next(','));
            if (!next(']')) throw unexpected();
        }
        depth--;
        return array;
    }

    private void enter() {
        at++;
        if (++depth > MOST_DEPTH) throw new IllegalArgumentException("JSON nested deeper than " + MOST_DEPTH + " levels");
    }

    private String string() {
        int start = ++at;
        StringBuilder out = null;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                String plain = text.substring(start, at++);
                return out == null ? plain : out.append(plain).toString();
            }
            if (c < ' ') throw unexpected();
            if (c == '\\') {
                if (out == null) out = new StringBuilder();
                out.append(text, start, at);
                out.append(escaped());
                start = at;
            } else at++;
        }
        throw new IllegalArgumentException("Unexpected end of JSON");
    }

    private char escaped() {
        if (at + 1 >= text.length()) throw new IllegalArgumentException("Unexpected end of JSON");
        char c = text.charAt(at + 1);
        at += 2;
        switch (c) {
            case '"':
            case '\\':
            case '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                int code = 0;
                for (int end = at + 4; at < end; at++) {
                    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
                    if (digit < 0) throw unexpected();
                    code = code * 16 + digit;
                }
                return (char) code;
            default:
                at--;
                throw unexpected();
        }
    }

    private Object number() {
        int start = at;
        boolean whole = true;
        if (text.charAt(at) == '-') at++;
        int digits = at;
        digits();
        if (at - digits > 1 && text.charAt(digits) == '0') throw unexpected();
        if (at < text.length() && text.charAt(at) == '.') {
            whole = false;
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            whole = false;
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) at++;
            digits();
        }
        String number = text.substring(start, at);
        if (!whole) return Double.valueOf(number);
        if (number.length() < 19) return Long.valueOf(number);
        BigInteger big = new BigInteger(number);
        if (big.bitLength() < 64) return Long.valueOf(big.longValue());
        return big;
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
        if (at == start) throw unexpected();
    }

    private boolean next(char wanted) {
        skipSpace();
        if (at >= text.length() || text.charAt(at) != wanted) return false;
        at++;
        return true;
    }

    private boolean word(String word) {
        if (!text.startsWith(word, at)) return false;
        at += word.length();
        return true;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
    }

    private IllegalArgumentException unexpected() {
        if (at >= text.length()) return new IllegalArgumentException("Unexpected end of JSON");
        return new IllegalArgumentException("Unexpected '" + text.charAt(at) + "' in JSON at position " + at);
    }

    private static void print(Object value, String step, String line, StringBuilder out, int depth) {
        if (value instanceof Map) {
            Map<?, ?> object = (Map<?, ?>) value;
            char before = '{';
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                startItem(before, step, line, out, depth + 1);
                quote(String.valueOf(entry.getKey()), out);
                out.append(line.isEmpty() ? ":" : ": ");
                print(entry.getValue(), step, line, out, depth + 1);
                before = ',';
            }
            end(object.isEmpty(), '{', '}', step, line, out, depth);
        } else if (value instanceof List) {
            List<?> array = (List<?>) value;
            char before = '[';
            for (Object item : array) {
                startItem(before, step, line, out, depth + 1);
                print(item, step, line, out, depth + 1);
                before = ',';
            }
            end(array.isEmpty(), '[', ']', step, line, out, depth);
        } else if (value instanceof String) quote((String) value, out);
        else if (value instanceof BigDecimal) out.append(value);
        else if (value instanceof Number && !Double.isFinite(((Number) value).doubleValue()) && !(value instanceof BigInteger))
            throw new IllegalArgumentException(value + " is not a valid JSON number");
        else out.append(value);
    }

    private static void startItem(char before, String step, String line, StringBuilder out, int depth) {
        out.append(before).append(line);
        for (int level = 0; level < depth; level++) out.append(step);
    }

    private static void end(boolean empty, char open, char close, String step, String line, StringBuilder out, int depth) {
        if (empty) out.append(open);
        else {
            out.append(line);
            for (int level = 0; level < depth; level++) out.append(step);
        }
        out.append(close);
    }

    private static void quote(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c == '\n') out.append("\\n");
            else if (c == '\r') out.append("\\r");
            else if (c == '\t') out.append("\\t");
            else if (c < ' ' || c == '\u2028' || c == '\u2029') out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        out.append('"');
    }
}
