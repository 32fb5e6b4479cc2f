package dev.latchkey.runtime;

import java.util.HashMap;
import java.util.Map;

/** What an operator's program is told by the environment; what that leaves out is where {@code up} has it. */
public final class OperatorSettings {
    private static final int POSTGRES_PORT = 5432;
    private static final int KAFKA_PORT = 9092;
    private static final int REGISTRY_PORT = 8081;
    private static final String POSTGRES_LOGIN = "postgres";

    private OperatorSettings() {}

    /** The offset is the one that {@code up} was started with. */
    public static Settings of(Map<String, String> environment, int portOffset) {
        var set = new Settings(environment);
        var variables = new HashMap<>(environment);
        ofUp(portOffset).forEach((name, value) -> variables.put(name, set.text(name, value)));
        return new Settings(variables);
    }

    private static Map<String, String> ofUp(int portOffset) {
        return Map.of(
                DatabaseSettings.URL, "jdbc:postgresql://localhost:" + (POSTGRES_PORT + portOffset) + "/latchkey",
                DatabaseSettings.USER, POSTGRES_LOGIN,
                DatabaseSettings.PASSWORD, POSTGRES_LOGIN,
                KafkaSettings.KAFKA, "localhost:" + (KAFKA_PORT + portOffset),
                KafkaSettings.REGISTRY, "http://localhost:" + (REGISTRY_PORT + portOffset) + "/apis/ccompat/v7");
    }
}
