package dev.latchkey.audit;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Settings;
import java.util.HashMap;
import java.util.Map;

/** Where the history is. An option beats the environment, the environment beats what {@code up} listens on. */
record AuditConfig(KafkaSettings kafka) {
    private static final int KAFKA_PORT = 9092;
    private static final int REGISTRY_PORT = 8081;

    static AuditConfig from(Map<String, String> environment, Addresses addresses) {
        var settings = new Settings(environment);
        var variables = new HashMap<>(environment);
        variables.put(
                KafkaSettings.KAFKA,
                addresses
                        .bootstrap()
                        .or(() -> settings.optional(KafkaSettings.KAFKA))
                        .orElseGet(() -> "localhost:" + (KAFKA_PORT + addresses.portOffset())));
        variables.put(
                KafkaSettings.REGISTRY,
                addresses
                        .registry()
                        .or(() -> settings.optional(KafkaSettings.REGISTRY))
                        .orElseGet(() ->
                                "http://localhost:" + (REGISTRY_PORT + addresses.portOffset()) + "/apis/ccompat/v7"));
        return new AuditConfig(KafkaSettings.from(new Settings(variables)));
    }
}
