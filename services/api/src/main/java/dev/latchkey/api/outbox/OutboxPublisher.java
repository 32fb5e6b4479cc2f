package dev.latchkey.api.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Publishes batches, each in one Kafka transaction that also moves the outbox's position. */
final class OutboxPublisher {
    private record Failure(OutboxRow row, Exception cause) {}

    private final Producer<byte[], byte[]> producer;
    private final Encoding encoding;

    OutboxPublisher(Producer<byte[], byte[]> producer, Encoding encoding) {
        this.producer = producer;
        this.encoding = encoding;
    }

    /** From here on no older relay can commit anything. */
    void fenceOthers() {
        producer.initTransactions();
    }

    /** An exception means that nobody knows whether the batch was published: Kafka's position tells. */
    Publication publish(long batch, List<OutboxRow> rows) {
        var records = new ArrayList<Encoding.Encoded.Ready>();
        var rejects = new ArrayList<Reject>();
        for (var row : rows) {
            switch (encoding.encode(row)) {
                case Encoding.Encoded.Ready encoded -> records.add(encoded);
                case Encoding.Encoded.Undecodable(var reject) -> rejects.add(reject);
            }
        }
        return rejects.isEmpty() ? send(records, encoding.position(batch)) : new Publication.Obstructed(rejects);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The commit throws when the position was not sent.
    private Publication send(List<Encoding.Encoded.Ready> records, ProducerRecord<byte[], byte[]> position) {
        var failures = new ConcurrentLinkedQueue<Failure>();
        producer.beginTransaction();
        try {
            sendUntilOneFails(records, failures);
            producer.send(position);
            producer.commitTransaction();
            return new Publication.Published();
        } catch (KafkaException e) {
            var rejects = rejects(failures);
            if (rejects.isEmpty()) {
                throw e;
            }
            producer.abortTransaction();
            return new Publication.Obstructed(rejects);
        }
    }

    /** With Kafka away each send would wait for as long as the first. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of a failure.
    private void sendUntilOneFails(List<Encoding.Encoded.Ready> records, Queue<Failure> failures) {
        for (var encoded : records) {
            producer.send(encoded.record(), (metadata, cause) -> notice(encoded.row(), cause, failures));
            var failure = failures.peek();
            if (failure != null) {
                throw new KafkaException("a record was not taken", failure.cause());
            }
        }
    }

    private static void notice(OutboxRow row, @Nullable Exception cause, Queue<Failure> failures) {
        if (cause != null) {
            failures.add(new Failure(row, cause));
        }
    }

    private static List<Reject> rejects(Queue<Failure> failures) {
        return failures.stream()
                .filter(failure -> failure.cause() instanceof RecordTooLargeException)
                .map(failure -> new Reject(failure.row(), "the record is larger than Kafka takes"))
                .toList();
    }
}
