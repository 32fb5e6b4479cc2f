package dev.latchkey.api;

import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.OperatorSettings;
import java.util.Map;

/** Where an operator's commands find the database and Kafka. */
record OperatorConfig(DatabaseSettings database, KafkaSettings kafka) {
    static OperatorConfig from(Map<String, String> environment, int portOffset) {
        var settings = OperatorSettings.of(environment, portOffset);
        return new OperatorConfig(DatabaseSettings.from(settings), KafkaSettings.from(settings));
    }
}
