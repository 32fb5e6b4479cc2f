package dev.latchkey.embedded;

import dev.latchkey.embedded.process.Command;
import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.KafkaSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program for auditors. */
final class AuditProgram {
    private static final int MEGABYTES = 128;

    private AuditProgram() {}

    static Command of(
            Distribution distribution, List<String> arguments, KafkaSettings kafka, DatabaseSettings database) {
        var words = new ArrayList<String>();
        words.add("-jar");
        words.add(distribution.jar("audit").toString());
        words.addAll(arguments);
        return Command.java(
                MEGABYTES,
                words,
                Map.of(
                        KafkaSettings.KAFKA, kafka.bootstrap(),
                        KafkaSettings.REGISTRY, kafka.registry().url().toString(),
                        DatabaseSettings.URL, database.url(),
                        DatabaseSettings.USER, database.user(),
                        DatabaseSettings.PASSWORD, database.password()));
    }
}
