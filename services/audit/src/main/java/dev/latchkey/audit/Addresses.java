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
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "What `up --port-offset N` added to these two ports. Default: 0.")
    private int portOffset;

    Optional<String> bootstrap() {
        return Optional.ofNullable(bootstrap);
    }

    Optional<String> registry() {
        return Optional.ofNullable(registry);
    }

    int portOffset() {
        return portOffset;
    }
}
