package dev.latchkey.audit.output;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.audit.history.History;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows once a second, on one line of a terminal, how far the reading of a history has come. */
public final class Progress implements History {
    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();
    private static final String ERASE_LINE = "\u001b[K";

    private final History history;
    private final PrintWriter terminal;
    private final LongSupplier nanoTime;

    public Progress(History history, PrintWriter terminal, LongSupplier nanoTime) {
        this.history = history;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    @Override
    public void tell(Consumer<Entry> listener) {
        var counter = new Counter(nanoTime.getAsLong());
        history.tell(entry -> {
            listener.accept(entry);
            counter.count();
        });
        show(ERASE_LINE);
    }

    private void show(String text) {
        terminal.print(text);
        terminal.flush();
    }

    /** Ends with a carriage return, so that the next line, whoever prints it, takes its place. */
    private final class Counter {
        private final long begin;
        private long shown;
        private long records;

        Counter(long begin) {
            this.begin = begin;
            this.shown = begin;
        }

        void count() {
            records++;
            long now = nanoTime.getAsLong();
            if (now - shown >= INTERVAL) {
                shown = now;
                show(ERASE_LINE + line(now - begin) + "\r");
            }
        }

        private String line(long nanos) {
            long rate = records * Duration.ofSeconds(1).toNanos() / nanos;
            return String.format(Locale.ROOT, "%,d records read, %,d a second", records, rate);
        }
    }
}
