package dev.latchkey.audit.kafka;

import dev.latchkey.events.CredentialAudited;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes history in transactions, as the outbox relay does. */
final class Scribe implements AutoCloseable {
    private static final String TOPIC = Topics.CREDENTIAL_AUDIT.name();

    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<CredentialAudited> serializer = new InMemoryFormat().serializer(Topics.CREDENTIAL_AUDIT);

    Scribe(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "transactional.id", "scribe"),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    void commit(Stream<CredentialAudited> changes) {
        producer.beginTransaction();
        changes.forEach(this::send);
        producer.commitTransaction();
    }

    void abort(Stream<CredentialAudited> changes) {
        producer.beginTransaction();
        changes.forEach(this::send);
        producer.flush();
        producer.abortTransaction();
    }

    void commitBytes(int partition, byte @Nullable [] value) {
        producer.beginTransaction();
        var _ = producer.send(new ProducerRecord<>(TOPIC, partition, "somebody", value));
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(CredentialAudited change) {
        var _ = producer.send(
                new ProducerRecord<>(TOPIC, change.getUserId().toString(), serializer.serialize(TOPIC, change)));
    }
}
