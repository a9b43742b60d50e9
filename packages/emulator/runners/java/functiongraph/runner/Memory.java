package functiongraph.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** How much memory the process uses. */
final class Memory {
    private static final Path STATUS = Paths.get("/proc/self/status");
    private static final long AGE_NANOSECONDS = 20_000_000;

    private long readAt;
    private long resident;

    /** Resident bytes, at most 20 ms old as reading them takes longer than a short call; the heap's where the system does not tell. */
    synchronized long resident() {
        long now = System.nanoTime();
        if (resident == 0 || now - readAt > AGE_NANOSECONDS) {
            resident = read();
            readAt = now;
        }
        return resident;
    }

    private static long read() {
        try {
            String status = new String(Files.readAllBytes(STATUS), StandardCharsets.US_ASCII);
            int start = status.indexOf("VmRSS:") + 6;
            int end = status.indexOf("kB", start);
            if (start >= 6 && end > start) return Long.parseLong(status.substring(start, end).trim()) * 1024;
        } catch (IOException | NumberFormatException unknown) {
            // As below.
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
