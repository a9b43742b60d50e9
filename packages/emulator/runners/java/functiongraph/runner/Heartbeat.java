package functiongraph.runner;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a function every 5 s whether it is well; after six times without a yes within 3 s the process ends. */
final class Heartbeat implements Runnable {
    private static final int MOST_FAILURES = 6;

    private final Methods.Bound method;
    private final ExecutorService threads;
    private final Main main;

    Heartbeat(Methods.Bound method, ExecutorService threads, Main main) {
        this.method = method;
        this.threads = threads;
        this.main = main;
    }

    @Override
    public void run() {
        int failures = 0;
        try {
            while (failures < MOST_FAILURES) {
                Thread.sleep(Integer.getInteger("functiongraph.heartbeat.interval", 5000));
                failures = isWell() ? 0 : failures + 1;
            }
            main.endUnhealthy();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isWell() throws InterruptedException {
        Future<Boolean> answer = threads.submit(this::ask);
        try {
            return answer.get(3, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException none) {
            answer.cancel(true);
            return false;
        }
    }

    private boolean ask() throws Exception {
        try {
            return (Boolean) method.invoke();
        } catch (Throwable thrown) {
            throw new ExecutionException(thrown);
        }
    }
}
