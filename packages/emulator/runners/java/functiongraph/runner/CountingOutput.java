package functiongraph.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** A descriptor that counts the bytes it has taken. It stays open: a function that closes System.out ends no log. */
final class CountingOutput extends OutputStream {
    private final OutputStream descriptor;
    private final AtomicLong count;

    CountingOutput(OutputStream descriptor, AtomicLong count) {
        this.descriptor = descriptor;
        this.count = count;
    }

    @Override
    public void write(int value) throws IOException {
        descriptor.write(value);
        count.incrementAndGet();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        descriptor.write(bytes, offset, length);
        count.addAndGet(length);
    }

    @Override
    public void close() {}
}
