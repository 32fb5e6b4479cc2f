package dev.latchkey.runtime;

import java.io.Console;
import java.util.Optional;

/** Where this program complains and shows its progress. */
public final class StandardError {
    /** Set by whoever starts this program and knows: Java itself can only tell where input and output go. */
    static final String WATCHED = "latchkey.watched";

    private StandardError() {}

    /** Whether somebody reads it on a terminal while this program runs. */
    public static boolean isWatched() {
        var told = System.getProperty(WATCHED, "");
        return told.isEmpty() ? hasConsole() : Boolean.parseBoolean(told);
    }

    private static boolean hasConsole() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
