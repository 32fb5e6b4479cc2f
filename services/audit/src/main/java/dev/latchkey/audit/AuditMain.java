package dev.latchkey.audit;

import dev.latchkey.audit.history.History;
import dev.latchkey.audit.history.HistoryUnavailable;
import dev.latchkey.audit.kafka.TopicHistory;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.Topics;
import java.io.BufferedWriter;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line for auditors: one subcommand for each question that they ask. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Questions to the history of all credentials, which is kept for ever.")
public final class AuditMain {
    private AuditMain() {}

    public static void main(String[] arguments) {
        silenceLibraries();
        boolean watched = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        var surroundings = new Surroundings(System.getenv(), AuditMain::historyOnTopic, System::nanoTime, watched);
        var line = commandLine(surroundings).setOut(standardOutput(watched));
        int status = line.execute(arguments);
        line.getOut().flush();
        System.exit(status);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new AuditMain())
                .addSubcommand(new ReplayCommand(surroundings))
                .setExecutionExceptionHandler((failure, line, ignored) -> explain(failure, line));
    }

    private static History historyOnTopic(AuditConfig config) {
        var kafka = config.kafka();
        Parts.requireKafka(kafka, Topics.CREDENTIAL_AUDIT);
        Parts.requireRegistry(kafka);
        return new TopicHistory(kafka.clientProperties(), kafka.format());
    }

    private static int explain(Exception failure, CommandLine line) throws Exception {
        return switch (failure) {
            case StartRefused refused -> complain(refused, line);
            case HistoryUnavailable unavailable -> complain(unavailable, line);
            case UncheckedIOException unwritable -> complain(unwritable, line);
            default -> throw failure;
        };
    }

    private static int complain(Exception failure, CommandLine line) {
        line.getOut().flush();
        line.getErr().println("audit: " + failure.getMessage());
        return line.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Failures reach the auditor as one sentence; what the clients log on the way there is not for them. */
    private static void silenceLibraries() {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Flushed line by line only for somebody who watches, for histories are long. */
    private static PrintWriter standardOutput(boolean watched) {
        var out = new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8);
        return new PrintWriter(new BufferedWriter(out), watched);
    }
}
