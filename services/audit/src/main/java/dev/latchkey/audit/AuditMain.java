package dev.latchkey.audit;

import dev.latchkey.audit.history.History;
import dev.latchkey.audit.history.HistoryUnavailable;
import dev.latchkey.audit.kafka.PublishedCredentials;
import dev.latchkey.audit.kafka.TopicHistory;
import dev.latchkey.audit.postgres.CredentialTable;
import dev.latchkey.audit.reconciling.FoldedHistory;
import dev.latchkey.audit.reconciling.Keeper;
import dev.latchkey.audit.reconciling.Source;
import dev.latchkey.audit.reconciling.TableUnavailable;
import dev.latchkey.runtime.Commands;
import dev.latchkey.runtime.LibraryLogs;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.StandardError;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.Topics;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line for auditors: one subcommand for each question that they ask. */
@Command(name = "audit", description = "Questions to the history of all credentials, which is kept for ever.")
public final class AuditMain {
    private AuditMain() {}

    public static void main(String[] arguments) {
        LibraryLogs.silence();
        boolean watched = StandardError.isWatched();
        var surroundings = new Surroundings(
                System.getenv(), AuditMain::historyOnTopic, AuditMain::keepers, System::nanoTime, watched);
        var line = commandLine(surroundings).setOut(standardOutput(watched));
        int status = line.execute(arguments);
        line.getOut().flush();
        System.exit(status);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        var commands = List.of(
                new ReplayCommand(surroundings), new VerifyCommand(surroundings), new ReconcileCommand(surroundings));
        return Commands.of(new AuditMain(), commands, AuditMain::sentence);
    }

    private static History historyOnTopic(AuditConfig config) {
        var kafka = config.kafka();
        Parts.requireKafka(kafka, Topics.CREDENTIAL_AUDIT);
        Parts.requireRegistry(kafka);
        return new TopicHistory(kafka.clientProperties(), kafka.format());
    }

    private static Map<Keeper, Source> keepers(AuditConfig config) {
        var kafka = config.kafka();
        Parts.requireKafka(kafka, Topics.CREDENTIALS, Topics.DEFAULT_MODELS);
        return Map.of(
                Keeper.TABLE, new CredentialTable(config.database()),
                Keeper.TOPIC, new PublishedCredentials(kafka.clientProperties(), kafka.format()),
                Keeper.HISTORY, new FoldedHistory(historyOnTopic(config)));
    }

    private static Optional<String> sentence(Exception failure) {
        return switch (failure) {
            case StartRefused _, HistoryUnavailable _, TableUnavailable _, UncheckedIOException _ ->
                Optional.ofNullable(failure.getMessage());
            default -> Optional.empty();
        };
    }

    /** Flushed line by line only for somebody who watches, for histories are long. */
    private static PrintWriter standardOutput(boolean watched) {
        var out = new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8);
        return new PrintWriter(new BufferedWriter(out), watched);
    }
}
