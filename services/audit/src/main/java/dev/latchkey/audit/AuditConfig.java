package dev.latchkey.audit;

import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.OperatorSettings;
import java.util.HashMap;
import java.util.Map;

/** Where what an auditor reads is. An option beats the environment, the environment beats what {@code up} listens on. */
record AuditConfig(KafkaSettings kafka, DatabaseSettings database) {
    static AuditConfig from(Map<String, String> environment, Addresses addresses) {
        var variables = new HashMap<>(environment);
        addresses.bootstrap().ifPresent(value -> variables.put(KafkaSettings.KAFKA, value));
        addresses.registry().ifPresent(value -> variables.put(KafkaSettings.REGISTRY, value));
        addresses.database().ifPresent(value -> variables.put(DatabaseSettings.URL, value));
        var settings = OperatorSettings.of(variables, addresses.portOffset());
        return new AuditConfig(KafkaSettings.from(settings), DatabaseSettings.from(settings));
    }
}
