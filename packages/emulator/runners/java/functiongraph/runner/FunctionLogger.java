package functiongraph.runner;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The logger of one call: its lines carry the request's ID, whichever else the instance does at the time. */
final class FunctionLogger
    implements com.services.runtime.RuntimeLogger,
        com.opentelekomcloud.services.runtime.RuntimeLogger,
        com.huawei.services.runtime.RuntimeLogger {
    private static final List<String> LEVELS = Arrays.asList("DEBUG", "INFO", "WARN", "ERROR");

    private final String requestId;
    private volatile int least = LEVELS.indexOf("INFO");

    FunctionLogger(String requestId) {
        this.requestId = requestId;
    }

    @Override
    public void log(String message) {
        print(message);
    }

    @Override
    public void debug(String message) {
        print("DEBUG", message);
    }

    @Override
    public void info(String message) {
        print("INFO", message);
    }

    @Override
    public void warn(String message) {
        print("WARN", message);
    }

    @Override
    public void error(String message) {
        print("ERROR", message);
    }

    @Override
    public void setLevel(String level) {
        int index = level == null ? -1 : LEVELS.indexOf(level.toUpperCase(Locale.ROOT));
        if (index >= 0) least = index;
    }

    private void print(String level, String message) {
        if (LEVELS.indexOf(level) >= least) print(level + " " + message);
    }

    private void print(String text) {
        System.out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + requestId + " " + text);
    }
}
