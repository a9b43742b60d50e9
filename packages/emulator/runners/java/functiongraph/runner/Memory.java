package functiongraph.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** How much memory the process has for itself, as the memory limit counts it (src/sandbox/memory-of.ts). */
final class Memory {
    private static final Path STATUS = Paths.get("/proc/self/status");
    private static final long AGE_NANOSECONDS = 20_000_000;

    private long readAt;
    private long bytes;

    /** Bytes of private memory, at most 20 ms old as reading them takes longer than a short call; the heap's where the system does not tell. */
    synchronized long bytes() {
        long now = System.nanoTime();
        if (bytes == 0 || now - readAt > AGE_NANOSECONDS) {
            readAt = now;
            bytes = read();
        }
        return bytes;
    }

    private long read() {
        try {
            String status = new String(Files.readAllBytes(STATUS), StandardCharsets.US_ASCII);
            int start = status.indexOf("RssAnon:") + 8;
            int end = status.indexOf("kB", start);
            if (start >= 8 && end > start) return Long.parseLong(status.substring(start, end).trim()) * 1024;
        } catch (IOException | NumberFormatException unknown) {
            // The function has used up its descriptors: what it had last time will do. Or there is no /proc, as below.
            if (bytes != 0 && Files.exists(STATUS)) return bytes;
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
