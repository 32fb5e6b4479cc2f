package dev.latchkey.embedded.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/** Executes commands for somebody with an environment, and keeps what they say. */
final class Terminal {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine line;

    Terminal(Map<String, String> environment) {
        this.line = LatchkeyMain.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }

    int execute(String... words) {
        return line.execute(words);
    }

    String printed() {
        return out.toString();
    }

    String errors() {
        return err.toString();
    }
}
