package dev.latchkey.embedded.client;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.WireFormat;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes as an upstream service does. */
public final class Publisher implements AutoCloseable {
    private final Producer<String, byte[]> producer;
    private final WireFormat format;

    public Publisher(KafkaSettings kafka) {
        this.producer = new KafkaProducer<>(
                new HashMap<>(kafka.clientProperties()), new StringSerializer(), new ByteArraySerializer());
        this.format = kafka.format();
    }

    /** Returns where the event lies, once it does. */
    public <V extends SpecificRecord> RecordMetadata publish(Topic<V> topic, String key, V event) {
        try (var serializer = format.serializer(topic)) {
            return publishBytes(topic, key, serializer.serialize(topic.name(), event));
        }
    }

    /** Publishes any bytes, whether they are an event of the topic or not. */
    public RecordMetadata publishBytes(Topic<?> topic, String key, byte[] value) {
        try {
            return producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing could be published on " + topic.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while publishing", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
