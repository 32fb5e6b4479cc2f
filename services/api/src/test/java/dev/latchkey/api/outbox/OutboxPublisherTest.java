package dev.latchkey.api.outbox;

import static dev.latchkey.api.Samples.MORNING;
import static dev.latchkey.api.Samples.credential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.CredentialEvents;
import dev.latchkey.api.credentials.Deed;
import dev.latchkey.api.credentials.Revision;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.OutboxPublished;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.PrivateFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OutboxPublisherTest {
    private final InMemoryFormat format = new InMemoryFormat();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final OutboxPublisher publisher = new OutboxPublisher(producer, new Encoding(format));
    private final Credential credential = credential(1);
    private final List<OutboxRow> rows = List.of(changed(1), audited(2));

    @BeforeEach
    void lead() {
        publisher.fenceOthers();
    }

    @Test
    void publishesBothTopicsAndThePositionInOneTransaction() {
        var publication = publisher.publish(7, rows);

        assertThat(publication).isEqualTo(new Publication.Published());
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("credentials", "credential-audit", "outbox-position");
        try (var positions = format.reader(Topics.OUTBOX_POSITION)) {
            assertThat(positions.read(producer.history().getLast().value()))
                    .isEqualTo(new Decoded.Event<>(new OutboxPublished(7L)));
        }
    }

    @Test
    void commitsNothingOfABatchWithARowThatIsNoEvent() {
        var broken = new OutboxRow(3, "credentials", "k", new byte[] {1, 2});

        var publication = publisher.publish(7, List.of(rows.getFirst(), broken));

        assertThat(publication)
                .isEqualTo(new Publication.Obstructed(
                        List.of(new Reject(broken, "the payload is no event of credentials"))));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void doesNotKnowWhatBecameOfABatchWhoseCommitFails() {
        producer.commitTransactionException = new KafkaException("away");

        assertThatThrownBy(() -> publisher.publish(7, rows)).isInstanceOf(KafkaException.class);

        assertThat(producer.history()).isEmpty();
        assertThat(producer.transactionAborted()).isFalse();
    }

    @Test
    void sendsNothingMoreOnceARecordIsNotTaken() {
        var sends = new AtomicInteger();
        var away = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sent, Callback callback) {
                sends.incrementAndGet();
                var failure = new TimeoutException("no metadata");
                callback.onCompletion(null, failure);
                return CompletableFuture.failedFuture(failure);
            }
        };
        var blocked = new OutboxPublisher(away, new Encoding(format));
        blocked.fenceOthers();

        assertThatThrownBy(() -> blocked.publish(7, rows))
                .isInstanceOf(KafkaException.class)
                .hasMessage("a record was not taken");

        assertThat(sends).hasValue(1);
    }

    private OutboxRow changed(long id) {
        return row(id, Topics.CREDENTIALS, CredentialEvents.changed(credential, UUID.randomUUID()));
    }

    private OutboxRow audited(long id) {
        var stamp = new CredentialEvents.Stamp(UUID.randomUUID(), 1, new Revision(1, MORNING));
        var deed = Deed.done(new Act(credential.userId(), "request-1"), CredentialChange.REGISTERED);
        return row(id, Topics.CREDENTIAL_AUDIT, CredentialEvents.audited(stamp, deed, credential));
    }

    private static <V extends SpecificRecord> OutboxRow row(long id, Topic<V> topic, V event) {
        return new OutboxRow(id, topic.name(), "key", new PrivateFormat<>(topic.type()).encode(event));
    }
}
