package dev.latchkey.embedded.command;

import dev.latchkey.runtime.StartRefused;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** A failure that has a reason which the person at the terminal can do something about, in one sentence. */
final class Complaint {
    private Complaint() {}

    static int say(Exception failure, CommandLine line, ParseResult ignored) throws Exception {
        return switch (failure) {
            case StartRefused refused -> say(refused, line);
            case UncheckedIOException unwritable -> say(unwritable, line);
            default -> throw failure;
        };
    }

    private static int say(Exception failure, CommandLine line) {
        line.getErr().println("latchkey: " + failure.getMessage());
        return line.getCommandSpec().exitCodeOnExecutionException();
    }
}
