package dev.latchkey.runtime;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** One line of a terminal that is written anew once a second at most, and is gone in the end. */
public final class TerminalLine {
    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();
    private static final String ERASE_LINE = "\u001b[K";

    private final PrintWriter terminal;
    private final LongSupplier nanoTime;
    private final long begin;
    private long shown;

    /** The first second begins now. */
    public TerminalLine(PrintWriter terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
        this.shown = begin;
    }

    /**
     * Shows a text if it is time. Ends with a carriage return, so that the next line, whoever prints it, takes its place.
     *
     * @param text made from the nanoseconds since this line was made
     */
    public void show(LongFunction<String> text) {
        long now = nanoTime.getAsLong();
        if (now - shown >= INTERVAL) {
            shown = now;
            showNow(text.apply(now - begin));
        }
    }

    /** Shows a text whether it is time or not. */
    public void showNow(String text) {
        print(ERASE_LINE + text + "\r");
    }

    public void erase() {
        print(ERASE_LINE);
    }

    private void print(String text) {
        terminal.print(text);
        terminal.flush();
    }
}
