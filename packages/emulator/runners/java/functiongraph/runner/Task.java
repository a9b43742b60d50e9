package functiongraph.runner;

/** What is to be done about a frame, on a thread of its own. A plain class, as the first lambda of a program costs some 20 ms. */
final class Task implements Runnable {
    private final Main main;
    private final Frame frame;

    Task(Main main, Frame frame) {
        this.main = main;
        this.frame = frame;
    }

    @Override
    public void run() {
        try {
            main.take(frame);
        } catch (OutOfMemoryError full) {
            // As Java itself ends for a full heap: the exit code that the emulator takes for the memory limit.
            Runtime.getRuntime().halt(3);
        }
    }
}
