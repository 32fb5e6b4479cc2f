package dev.latchkey.embedded.command;

import dev.latchkey.embedded.Progress;
import dev.latchkey.runtime.Shutdown;
import dev.latchkey.runtime.StandardError;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Shows on one line of a terminal what has been waited for for longer than two seconds; in a pipe, shows nothing. */
final class TerminalProgress implements Progress, AutoCloseable {
    private static final Duration SHOWN_AFTER = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final String ERASE_LINE = "\r\u001b[K";

    private record Wait(String what, Instant since) {}

    private final Shutdown shutdown;
    private final PrintStream terminal;
    private final InstantSource clock;
    private final Thread ticking = Thread.ofVirtual().unstarted(this::tick);
    private @Nullable Wait wait;
    private boolean shown;

    TerminalProgress(Shutdown shutdown, PrintStream terminal, InstantSource clock) {
        this.shutdown = shutdown;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Shows something only if this program has a terminal. */
    static TerminalProgress start(Shutdown shutdown) {
        var progress = new TerminalProgress(shutdown, System.err, InstantSource.system());
        if (StandardError.isWatched()) {
            progress.ticking.start();
        }
        return progress;
    }

    @Override
    public synchronized void waitingFor(String what) {
        if (shutdown.isAsked()) {
            throw new Stopped();
        }
        done();
        wait = new Wait(what, clock.instant());
    }

    @Override
    public synchronized void done() {
        wait = null;
        if (shown) {
            terminal.print(ERASE_LINE);
            terminal.flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        ticking.interrupt();
        done();
    }

    /** Brings the line up to date. */
    synchronized void show() {
        if (wait == null) {
            return;
        }
        var waited = Duration.between(wait.since(), clock.instant());
        if (waited.compareTo(SHOWN_AFTER) > 0) {
            terminal.print(ERASE_LINE + "  waiting for " + wait.what() + " (" + waited.toSeconds() + " s)");
            terminal.flush();
            shown = true;
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK);
                show();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
