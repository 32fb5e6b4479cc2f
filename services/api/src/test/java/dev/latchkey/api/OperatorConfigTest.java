package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.RegistryFormat;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OperatorConfigTest {
    @Test
    void looksWhereUpHasEverything() {
        assertThat(OperatorConfig.from(Map.of("LATCHKEY_KAFKA", " "), 100))
                .isEqualTo(new OperatorConfig(
                        new DatabaseSettings("jdbc:postgresql://localhost:5532/latchkey", "postgres", "postgres", 10),
                        new KafkaSettings(
                                "localhost:9192",
                                RegistryFormat.Settings.apicurio(
                                        URI.create("http://localhost:8181/apis/ccompat/v7")))));
    }

    @Test
    void looksWhereItIsTold() {
        var told = OperatorConfig.from(
                Map.of(
                        "LATCHKEY_DATABASE_URL", "jdbc:postgresql://db:5432/l",
                        "LATCHKEY_DATABASE_USER", "u",
                        "LATCHKEY_DATABASE_PASSWORD", "p",
                        "LATCHKEY_KAFKA", "kafka:9092",
                        "LATCHKEY_REGISTRY_URL", "http://registry:8081"),
                0);

        assertThat(told)
                .isEqualTo(new OperatorConfig(
                        new DatabaseSettings("jdbc:postgresql://db:5432/l", "u", "p", 10),
                        new KafkaSettings(
                                "kafka:9092", RegistryFormat.Settings.apicurio(URI.create("http://registry:8081")))));
    }
}
