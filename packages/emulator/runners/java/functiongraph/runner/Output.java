package functiongraph.runner;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.util.concurrent.atomic.AtomicLong;

/** Standard output and error, which are the function's log; what is written to them is counted. */
final class Output {
    private final AtomicLong count = new AtomicLong();
    private final PrintStream out = stream(FileDescriptor.out);
    private final PrintStream err = stream(FileDescriptor.err);

    /** Gives them to the function, with a standard input that is empty. */
    void install() {
        System.setOut(out);
        System.setErr(err);
        System.setIn(new ByteArrayInputStream(new byte[0]));
    }

    /** Bytes written since the start, when all that was printed is written. */
    long flushed() {
        flush(System.out);
        flush(System.err);
        out.flush();
        err.flush();
        return count.get();
    }

    /** What the function has put in their place may be nothing, or fail. */
    private static void flush(PrintStream stream) {
        try {
            if (stream != null) stream.flush();
        } catch (RuntimeException ofTheFunction) {
            // The result of the call does not depend on it.
        }
    }

    private PrintStream stream(FileDescriptor descriptor) {
        CountingOutput counting = new CountingOutput(new FileOutputStream(descriptor), count);
        try {
            return new PrintStream(new BufferedOutputStream(counting, 8192), true, "UTF-8");
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
