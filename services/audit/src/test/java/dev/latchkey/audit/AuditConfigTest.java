package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        assertThat(config(Map.of())).isEqualTo(apicurio("localhost:9092", "http://localhost:8081/apis/ccompat/v7"));
    }

    @Test
    void followsThePortsOfAShiftedStack() {
        assertThat(config(Map.of(), "--port-offset", "100"))
                .isEqualTo(apicurio("localhost:9192", "http://localhost:8181/apis/ccompat/v7"));
    }

    @Test
    void prefersTheEnvironment() {
        assertThat(config(ENVIRONMENT)).isEqualTo(apicurio("kafka:9092", "http://registry:8080/ccompat"));
    }

    @Test
    void prefersOptionsToTheEnvironment() {
        assertThat(config(ENVIRONMENT, "--bootstrap", "other:1", "--registry", "http://other:2/ccompat"))
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

    private static AuditConfig apicurio(String bootstrap, String registry) {
        return new AuditConfig(new KafkaSettings(bootstrap, RegistryFormat.Settings.apicurio(URI.create(registry))));
    }

    private static AuditConfig config(Map<String, String> environment, String... options) {
        return AuditConfig.from(environment, CommandLine.populateCommand(new Addresses(), options));
    }
}
