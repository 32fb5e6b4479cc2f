package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.RegistryFormat;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class AuditConfigTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("LATCHKEY_KAFKA", "kafka:9092", "LATCHKEY_REGISTRY_URL", "http://registry:8080/ccompat");

    @Test
    void readsTheStackThatUpStarts() {
        assertThat(config(Map.of()).kafka())
                .isEqualTo(apicurio("localhost:9092", "http://localhost:8081/apis/ccompat/v7"));
    }

    @Test
    void followsThePortsOfAShiftedStack() {
        assertThat(config(Map.of(), "--port-offset", "100").kafka())
                .isEqualTo(apicurio("localhost:9192", "http://localhost:8181/apis/ccompat/v7"));
    }

    @Test
    void prefersTheEnvironment() {
        assertThat(config(ENVIRONMENT).kafka()).isEqualTo(apicurio("kafka:9092", "http://registry:8080/ccompat"));
    }

    @Test
    void prefersOptionsToTheEnvironment() {
        assertThat(config(ENVIRONMENT, "--bootstrap", "other:1", "--registry", "http://other:2/ccompat")
                        .kafka())
                .isEqualTo(apicurio("other:1", "http://other:2/ccompat"));
    }

    @Test
    void takesTheSerdesOfOthers() {
        var environment = Map.of(
                "LATCHKEY_AVRO_SERIALIZER", "io.confluent.kafka.serializers.KafkaAvroSerializer",
                "LATCHKEY_AVRO_DESERIALIZER", "io.confluent.kafka.serializers.KafkaAvroDeserializer");

        assertThat(config(environment).kafka().registry())
                .isEqualTo(new RegistryFormat.Settings(
                        URI.create("http://localhost:8081/apis/ccompat/v7"),
                        "io.confluent.kafka.serializers.KafkaAvroSerializer",
                        "io.confluent.kafka.serializers.KafkaAvroDeserializer"));
    }

    @Test
    void refusesARegistryThatIsNoUrl() {
        assertThatThrownBy(() -> config(Map.of(), "--registry", "localhost"))
                .isInstanceOf(StartRefused.class)
                .hasMessage("environment variable LATCHKEY_REGISTRY_URL must be an absolute URL, not localhost");
    }

    @Test
    void readsTheDatabaseOfTheStackThatUpStarts() {
        assertThat(config(Map.of(), "--port-offset", "100").database())
                .isEqualTo(
                        new DatabaseSettings("jdbc:postgresql://localhost:5532/latchkey", "postgres", "postgres", 10));
    }

    @Test
    void readsTheDatabaseThatItIsTold() {
        var environment = Map.of(
                "LATCHKEY_DATABASE_URL", "jdbc:postgresql://one/latchkey",
                "LATCHKEY_DATABASE_USER", "auditor",
                "LATCHKEY_DATABASE_PASSWORD", "secret");

        assertThat(config(environment).database())
                .isEqualTo(new DatabaseSettings("jdbc:postgresql://one/latchkey", "auditor", "secret", 10));
        assertThat(config(environment, "--database", "jdbc:postgresql://other/latchkey")
                        .database())
                .isEqualTo(new DatabaseSettings("jdbc:postgresql://other/latchkey", "auditor", "secret", 10));
    }

    private static KafkaSettings apicurio(String bootstrap, String registry) {
        return new KafkaSettings(bootstrap, RegistryFormat.Settings.apicurio(URI.create(registry)));
    }

    private static AuditConfig config(Map<String, String> environment, String... options) {
        return AuditConfig.from(environment, CommandLine.populateCommand(new Addresses(), options));
    }
}
