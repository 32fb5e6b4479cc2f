package dev.latchkey.embedded.process;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A part that can be stopped, killed and started again. */
public final class Restartable implements Part {
    private final Supplier<Part> starter;
    private @Nullable Part running;

    public Restartable(Supplier<Part> starter) {
        this.starter = starter;
    }

    /** Returns when the part is ready; does nothing while it runs. */
    public synchronized void start() {
        if (running == null) {
            running = starter.get();
        }
    }

    @Override
    public synchronized void kill() {
        if (running != null) {
            running.kill();
            running = null;
        }
    }

    @Override
    public synchronized void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
