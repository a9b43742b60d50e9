package functiongraph.runner;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The stream socket on descriptor 3. A socket cannot be opened by its path, and Java gives no public way to a descriptor above 2; the
 * manifest of the runner opens java.io for this one constructor, which Java 8 has open anyway.
 */
final class Channel {
    private static final int DESCRIPTOR = 3;

    private final DataInputStream input;
    private final FileOutputStream output;

    private Channel(FileDescriptor descriptor) {
        input = new DataInputStream(new BufferedInputStream(new FileInputStream(descriptor), 65536));
        output = new FileOutputStream(descriptor);
    }

    static Channel open() throws ReflectiveOperationException {
        Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
        constructor.setAccessible(true);
        return new Channel(constructor.newInstance(DESCRIPTOR));
    }

    /** The next frame; null when the emulator has closed the channel. */
    Frame read() throws IOException {
        try {
            int headLength = input.readInt();
            int bodyLength = input.readInt();
            byte[] text = new byte[headLength];
            input.readFully(text);
            byte[] body = new byte[bodyLength];
            input.readFully(body);
            Object head = Json.parse(new String(text, StandardCharsets.UTF_8));
            @SuppressWarnings("unchecked")
            Map<String, Object> object = (Map<String, Object>) head;
            return new Frame(object, body);
        } catch (EOFException end) {
            return null;
        }
    }

    synchronized void send(Map<String, Object> head, byte[] body) throws IOException {
        byte[] text = Json.print(head).getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(8 + text.length + body.length);
        frame.putInt(text.length).putInt(body.length).put(text).put(body);
        output.write(frame.array());
    }
}
