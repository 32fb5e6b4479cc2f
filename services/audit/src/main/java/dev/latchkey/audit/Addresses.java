package dev.latchkey.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the parts are. */
final class Addresses {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "The Kafka broker. Default: LATCHKEY_KAFKA, or localhost:9092.")
    private @Nullable String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The schema registry. Default: LATCHKEY_REGISTRY_URL, or"
                    + " http://localhost:8081/apis/ccompat/v7.")
    private @Nullable String registry;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "PostgreSQL, for what is held against the table. Default: LATCHKEY_DATABASE_URL, or"
                    + " jdbc:postgresql://localhost:5432/latchkey.")
    private @Nullable String database;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "What `up --port-offset N` added to these ports. Default: 0.")
    private int portOffset;

    Optional<String> bootstrap() {
        return Optional.ofNullable(bootstrap);
    }

    Optional<String> registry() {
        return Optional.ofNullable(registry);
    }

    Optional<String> database() {
        return Optional.ofNullable(database);
    }

    int portOffset() {
        return portOffset;
    }
}
