package dev.latchkey.audit.kafka;

import dev.latchkey.audit.history.Replay;
import dev.latchkey.audit.history.Scope;
import dev.latchkey.audit.output.TextReport;
import dev.latchkey.schemas.InMemoryFormat;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A replay in a JVM of its own, for a test that gives it little memory. Prints the tally. */
final class SmallReplay {
    private SmallReplay() {}

    public static void main(String[] arguments) {
        var history = new TopicHistory(Map.of("bootstrap.servers", arguments[0]), new InMemoryFormat());
        var nobody = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.out.println(Replay.run(history, Scope.everything(), new TextReport(nobody)));
    }
}
