package dev.latchkey.schemas;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The wire format with schemas kept in a registry. The serde classes are configuration: Apicurio's or Confluent's. */
public final class RegistryFormat implements WireFormat {
    private static final String CCOMPAT = "/apis/ccompat/v7";
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);

    /**
     * Where the registry is and which serdes talk to it.
     *
     * @param url base URL of the registry's Confluent-compatible API, for example
     *     {@code http://localhost:8081/apis/ccompat/v7}
     */
    public record Settings(URI url, String serializerClass, String deserializerClass) {
        public static final String APICURIO_SERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaSerializer";
        public static final String APICURIO_DESERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaDeserializer";

        public static Settings apicurio(URI url) {
            return new Settings(url, APICURIO_SERIALIZER, APICURIO_DESERIALIZER);
        }
    }

    private final Settings settings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();

    public RegistryFormat(Settings settings) {
        TrustedEvents.trust();
        this.settings = settings;
    }

    @Override
    public <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
        @SuppressWarnings("unchecked")
        var delegate = (Serializer<Object>) instantiate(settings.serializerClass());
        delegate.configure(serdeProperties(), false);
        return new Serializer<>() {
            @Override
            public byte[] serialize(String ignored, V event) {
                return delegate.serialize(topic.name(), event);
            }

            @Override
            public void close() {
                delegate.close();
            }
        };
    }

    @Override
    public <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic) {
        @SuppressWarnings("unchecked")
        var delegate = (Deserializer<Object>) instantiate(settings.deserializerClass());
        delegate.configure(serdeProperties(), false);
        return new Deserializer<>() {
            @Override
            @SuppressWarnings("NullAway") // A missing value stays a missing value.
            public V deserialize(String ignored, byte @Nullable [] value) {
                return value == null ? null : decode(topic, delegate, value);
            }

            @Override
            public void close() {
                delegate.close();
            }
        };
    }

    private <V extends SpecificRecord> V decode(Topic<V> topic, Deserializer<Object> delegate, byte[] value) {
        var header = WireHeader.of(value);
        Object event = decode(topic.name(), delegate, value, header);
        if (!topic.type().isInstance(event)) {
            throw new SerializationException("schema " + header.schemaId() + " is no "
                    + topic.type().getSimpleName() + ", which is what " + topic.name() + " carries");
        }
        return topic.type().cast(event);
    }

    private Object decode(String topic, Deserializer<Object> delegate, byte[] value, WireHeader header) {
        try {
            return delegate.deserialize(topic, value);
        } catch (RuntimeException e) {
            throw explained(header, e);
        }
    }

    /** A serde fails alike for bad bytes and for a registry that is away; the registry itself tells which it was. */
    private RuntimeException explained(WireHeader header, RuntimeException failure) {
        int status = statusOf(header, failure);
        if (status == 404) {
            return new SerializationException("schema " + header.schemaId() + " is not in the registry", failure);
        }
        if (status == 200) {
            return new SerializationException("the bytes are not what schema " + header.schemaId() + " says", failure);
        }
        return new RegistryUnavailable(settings.url().toString(), failure);
    }

    private int statusOf(WireHeader header, RuntimeException failure) {
        var schema = URI.create(settings.url() + "/schemas/ids/" + header.schemaId());
        var request = HttpRequest.newBuilder(schema).timeout(PROBE_TIMEOUT).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw new RegistryUnavailable(settings.url().toString(), failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailable(settings.url().toString(), e);
        }
    }

    private Map<String, Object> serdeProperties() {
        var properties = new ConcurrentHashMap<String, Object>();
        properties.put("schema.registry.url", settings.url().toString());
        properties.put("auto.register.schemas", "true");
        properties.put("specific.avro.reader", "true");
        properties.put("avro.use.logical.type.converters", "true");
        properties.put("apicurio.registry.url", settings.url().toString().replace(CCOMPAT, "/apis/registry/v3"));
        properties.put("apicurio.registry.auto-register", "true");
        // Whole, as it was registered: else its nested types would become schemas and subjects of their own.
        properties.put("apicurio.registry.dereference-schema", "true");
        properties.put("apicurio.registry.use-specific-avro-reader", "true");
        properties.put("apicurio.registry.avro-datum-provider", RememberedDatums.class.getName());
        properties.put(
                "apicurio.registry.artifact-resolver-strategy", "io.apicurio.registry.serde.strategy.TopicIdStrategy");
        return properties;
    }

    private static Object instantiate(String className) {
        try {
            return Class.forName(className).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("the serde class " + className + " is not on the class path", e);
        }
    }
}
