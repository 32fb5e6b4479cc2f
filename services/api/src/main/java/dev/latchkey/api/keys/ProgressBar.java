package dev.latchkey.api.keys;

import dev.latchkey.api.rewrap.Watcher;
import dev.latchkey.runtime.TerminalLine;
import java.time.Duration;
import java.util.Locale;

/** Shows on a terminal how much of a rewrap is done, and how fast it goes. */
final class ProgressBar implements Watcher {
    private static final int WIDTH = 30;

    private final TerminalLine line;
    private final KeyKind kind;
    private long toDo;
    private long done;

    ProgressBar(TerminalLine line, KeyKind kind) {
        this.line = line;
        this.kind = kind;
    }

    @Override
    public void toDo(long keys) {
        toDo = keys;
    }

    @Override
    public void done(int keys) {
        done += keys;
        line.show(this::text);
    }

    @Override
    public void waitingFor(String what) {
        line.showNow("waiting for " + what);
    }

    /** Keys that came to be sealed under the old version meanwhile are done beyond what was to do. */
    private String text(long nanos) {
        long all = Math.max(toDo, done);
        int filled = (int) (WIDTH * done / Math.max(1, all));
        return String.format(
                Locale.ROOT,
                "[%s%s] %,d of %s, %,d a second",
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done,
                kind.count(all),
                done * Duration.ofSeconds(1).toNanos() / nanos);
    }
}
