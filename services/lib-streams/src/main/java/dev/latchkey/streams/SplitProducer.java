package dev.latchkey.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends records of some topics at once and all others in transactions. A transaction is not committed before what was sent at
 * once is on record: Kafka Streams flushes before it commits, and does not commit when something could not be sent. What was sent
 * at once stays when the transaction is aborted.
 */
final class SplitProducer extends KafkaProducer<byte[], byte[]> {
    private final Set<String> atOnce;
    private final KafkaProducer<byte[], byte[]> plain;

    SplitProducer(Map<String, Object> settings, Set<String> atOnce) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.atOnce = atOnce;
        this.plain = new KafkaProducer<>(plain(settings), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return send(record, null);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        return atOnce.contains(record.topic()) ? plain.send(record, callback) : super.send(record, callback);
    }

    @Override
    public void flush() {
        plain.flush();
        super.flush();
    }

    @Override
    public void close() {
        plain.close();
        super.close();
    }

    @Override
    public void close(Duration patience) {
        plain.close(patience);
        super.close(patience);
    }

    private static Map<String, Object> plain(Map<String, Object> settings) {
        var plain = new HashMap<>(settings);
        plain.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        plain.remove(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        plain.put(ProducerConfig.CLIENT_ID_CONFIG, settings.get(ProducerConfig.CLIENT_ID_CONFIG) + "-at-once");
        plain.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        plain.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return plain;
    }
}
