package dev.latchkey.audit.kafka;

import static org.apache.kafka.common.IsolationLevel.READ_COMMITTED;
import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;
import static org.awaitility.Awaitility.await;

import dev.latchkey.audit.Chaining;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes history in transactions, as the outbox relay does. What was committed can be read when a method returns: the
 * broker says that it is committed a moment before.
 */
final class Scribe implements AutoCloseable {
    private static final String TOPIC = Topics.CREDENTIAL_AUDIT.name();

    private final Chaining chaining = new Chaining();
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<CredentialAudited> serializer = new InMemoryFormat().serializer(Topics.CREDENTIAL_AUDIT);

    Scribe(String bootstrap) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
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
        await().until(() -> ends(READ_COMMITTED).equals(ends(READ_UNCOMMITTED)));
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
        await().until(() -> ends(READ_COMMITTED).equals(ends(READ_UNCOMMITTED)));
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }

    private Map<TopicPartition, Long> ends(IsolationLevel level) throws InterruptedException, ExecutionException {
        var partitions = producer.partitionsFor(TOPIC).stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(TOPIC, partition.partition()), _ -> OffsetSpec.latest()));
        return admin.listOffsets(partitions, new ListOffsetsOptions(level)).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private void send(CredentialAudited change) {
        var entry = chaining.next(change);
        var _ = producer.send(
                new ProducerRecord<>(TOPIC, entry.getUserId().toString(), serializer.serialize(TOPIC, entry)));
    }
}
