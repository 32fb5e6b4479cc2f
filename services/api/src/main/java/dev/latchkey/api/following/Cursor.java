package dev.latchkey.api.following;

import java.util.Optional;
import java.util.regex.Pattern;

/** How far somebody has heard of a run: the next offset on the prompt's partition of each of the two topics. */
public record Cursor(long runs, long parts) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** Reads what {@link #toString} wrote; empty for anything else. */
    public static Optional<Cursor> parse(String text) {
        return Optional.of(TEXT.matcher(text))
                .filter(matcher -> matcher.matches())
                .map(matcher -> new Cursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
    }

    Cursor afterRun(long offset) {
        return new Cursor(offset + 1, parts);
    }

    Cursor afterPart(long offset) {
        return new Cursor(runs, offset + 1);
    }

    @Override
    public String toString() {
        return runs + "-" + parts;
    }
}
