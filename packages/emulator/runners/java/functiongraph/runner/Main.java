package functiongraph.runner;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Runs one Java function: runtime/channel/runner-protocol.md tells what it says to the emulator and what the emulator says to it. */
public final class Main {
    private static final byte[] NOTHING = new byte[0];

    private final Channel channel;
    private final Output output = new Output();
    private final Memory memory = new Memory();
    private final ExecutorService threads = Executors.newCachedThreadPool(new Threads());
    private volatile UserFunction function;

    private Main(Channel channel) {
        this.channel = channel;
    }

    public static void main(String[] arguments) throws Exception {
        Main main = new Main(Channel.open());
        main.output.install();
        WarmUp.run(main.output, main.memory);
        main.serve();
        // The emulator has gone, or wants nothing more.
        Runtime.getRuntime().halt(0);
    }

    private void serve() throws IOException {
        Map<String, Object> ready = new LinkedHashMap<>();
        ready.put("type", "ready");
        channel.send(ready, NOTHING);
        for (Frame frame = channel.read(); frame != null; frame = channel.read()) threads.execute(new Task(this, frame));
    }

    /** Does what a frame asks for. */
    void take(Frame frame) {
        switch (frame.text("type")) {
            case "load":
                load(frame);
                break;
            case "call":
                call(frame);
                break;
            case "stop":
                stop();
                break;
            default:
                // A newer emulator says more than this runner knows.
                break;
        }
    }

    private void load(Frame load) {
        try {
            Environment.replace(load.object("environment"));
            UserFunction loaded = new UserFunction(load);
            loaded.initialize();
            function = loaded;
            if (loaded.heartbeat() != null) threads.execute(new Heartbeat(loaded.heartbeat(), threads, this));
            send("loaded", null, NOTHING);
        } catch (Failure failure) {
            fail(failure);
        } catch (ReflectiveOperationException | RuntimeException own) {
            fail(Failure.of(4201, "function initialization failed, error: ", own));
        }
    }

    private void fail(Failure failure) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("code", failure.code);
        more.put("errorType", failure.type);
        more.put("message", failure.getMessage());
        send("failed", more, failure.body());
        Runtime.getRuntime().halt(1);
    }

    private void call(Frame call) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("id", call.text("id"));
        byte[] body;
        UserFunction loaded = function;
        Thread.currentThread().setContextClassLoader(loaded.classes);
        try {
            body = loaded.call(call);
            more.put("code", 0);
        } catch (Failure failure) {
            more.put("code", failure.code);
            body = failure.body();
        }
        // A handler may have left its interrupt to the next one.
        Thread.interrupted();
        send("result", more, body);
    }

    /** Ends the process, whose function is not well; the frame tells the emulator why. */
    void endUnhealthy() {
        send("unhealthy", null, NOTHING);
        Runtime.getRuntime().halt(1);
    }

    private void stop() {
        UserFunction loaded = function;
        if (loaded != null) {
            Thread.currentThread().setContextClassLoader(loaded.classes);
            loaded.stop();
        }
        output.flushed();
        // Hooks of the function run, as at any end of a program.
        System.exit(0);
    }

    private void send(String type, Map<String, Object> more, byte[] body) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("type", type);
        if (more != null) head.putAll(more);
        head.put("written", output.flushed());
        head.put("memory", memory.bytes());
        try {
            channel.send(head, body);
        } catch (IOException gone) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static final class Threads implements ThreadFactory {
        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "function");
            thread.setDaemon(true);
            return thread;
        }
    }
}
