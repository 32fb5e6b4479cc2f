package dev.latchkey.embedded;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.parts.Postgres;
import dev.latchkey.embedded.process.Command;
import dev.latchkey.runtime.KafkaSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program for what operators do to users. It is in the api's jar, beside the service. */
final class UsersProgram {
    private static final int MEGABYTES = 128;
    private static final String MAIN = "dev.latchkey.api.UsersMain";

    private UsersProgram() {}

    static Command of(StackSettings settings, List<String> arguments, KafkaSettings kafka) {
        var words = new ArrayList<String>();
        words.add("-cp");
        words.add(settings.distribution().jar("api").toString());
        words.add(MAIN);
        words.addAll(arguments);
        return Command.java(
                MEGABYTES,
                words,
                Map.of(
                        KafkaSettings.KAFKA,
                        kafka.bootstrap(),
                        KafkaSettings.REGISTRY,
                        kafka.registry().url().toString(),
                        "LATCHKEY_DATABASE_URL",
                        Postgres.url(settings.ports().of(Listener.POSTGRES), "latchkey"),
                        "LATCHKEY_DATABASE_USER",
                        Postgres.USER,
                        "LATCHKEY_DATABASE_PASSWORD",
                        Postgres.PASSWORD));
    }
}
