package dev.latchkey.audit.output;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.audit.history.History;
import dev.latchkey.runtime.TerminalLine;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows once a second, on one line of a terminal, how far the reading of a history has come. */
public final class Progress implements History {
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
        var counter = new Counter(new TerminalLine(terminal, nanoTime));
        history.tell(entry -> {
            listener.accept(entry);
            counter.count();
        });
        counter.line.erase();
    }

    private static final class Counter {
        private final TerminalLine line;
        private long records;

        Counter(TerminalLine line) {
            this.line = line;
        }

        void count() {
            records++;
            line.show(this::text);
        }

        private String text(long nanos) {
            long rate = records * Duration.ofSeconds(1).toNanos() / nanos;
            return String.format(Locale.ROOT, "%,d records read, %,d a second", records, rate);
        }
    }
}
