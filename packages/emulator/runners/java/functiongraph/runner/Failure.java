package functiongraph.runner;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a call, or loading, failed: a code of the runtime's table and the error object that callers get. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    private static final String OWN = "functiongraph.runner.";

    final int code;
    final String type;
    private final transient List<String> trace;

    private Failure(int code, String message, String type, List<String> trace) {
        super(message);
        this.code = code;
        this.type = type;
        this.trace = trace;
    }

    /** Without a stack trace: a fault of configuration or package. */
    static Failure plain(int code, String message, String type) {
        return new Failure(code, message, type, null);
    }

    /** @param before what the message begins with */
    static Failure of(int code, String before, Throwable cause) {
        String message = cause.getMessage();
        String text = before + (message == null || message.isEmpty() ? cause.getClass().getName() : message);
        return new Failure(code, text, cause.getClass().getName(), traceOf(cause));
    }

    byte[] body() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("errorMessage", getMessage());
        object.put("errorType", type);
        if (trace != null) object.put("stackTrace", trace);
        return Json.printPretty(object).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> traceOf(Throwable thrown) {
        List<String> lines = new ArrayList<>();
        Throwable cause = thrown;
        // A cause may be its own cause's cause.
        for (int left = 8; cause != null && left > 0; left--, cause = cause.getCause()) {
            if (cause != thrown) lines.add("Caused by: " + cause);
            for (StackTraceElement element : ownPart(cause.getStackTrace())) lines.add(element.toString());
        }
        return lines;
    }

    /** Without the lines of the runner, and of the reflection by which it called. */
    private static List<StackTraceElement> ownPart(StackTraceElement[] elements) {
        List<StackTraceElement> part = new ArrayList<>();
        for (StackTraceElement element : elements) {
            if (element.getClassName().startsWith(OWN)) break;
            part.add(element);
        }
        while (part.size() < elements.length && !part.isEmpty() && isReflection(part.get(part.size() - 1)))
            part.remove(part.size() - 1);
        return part;
    }

    private static boolean isReflection(StackTraceElement element) {
        String name = element.getClassName();
        return name.startsWith("java.lang.reflect.")
            || name.startsWith("jdk.internal.reflect.")
            || name.startsWith("sun.reflect.")
            || name.startsWith("java.lang.invoke.");
    }
}
