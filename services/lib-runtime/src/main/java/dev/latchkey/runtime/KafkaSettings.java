package dev.latchkey.runtime;

import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.WireFormat;
import java.util.Map;

/** Where the broker and the registry are. */
public record KafkaSettings(String bootstrap, RegistryFormat.Settings registry) {
    public static final String KAFKA = "LATCHKEY_KAFKA";
    public static final String REGISTRY = "LATCHKEY_REGISTRY_URL";

    public static KafkaSettings from(Settings settings) {
        return new KafkaSettings(
                settings.text(KAFKA),
                new RegistryFormat.Settings(
                        settings.uri(REGISTRY),
                        settings.text("LATCHKEY_AVRO_SERIALIZER", RegistryFormat.Settings.APICURIO_SERIALIZER),
                        settings.text("LATCHKEY_AVRO_DESERIALIZER", RegistryFormat.Settings.APICURIO_DESERIALIZER)));
    }

    public WireFormat format() {
        return new RegistryFormat(registry);
    }

    /** What every Kafka client of a service is configured with. */
    public Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", bootstrap);
    }
}
