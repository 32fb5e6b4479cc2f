package dev.latchkey.api.outbox;

import dev.latchkey.events.OutboxPublished;
import dev.latchkey.runtime.Stretch;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** How far the outbox is in Kafka, as Kafka itself knows it. */
final class OutboxPosition {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long FIRST_LOOK = 1_000;
    private static final long WIDER = 100;

    private final Consumer<byte[], byte[]> consumer;
    private final EventReader<OutboxPublished> reader;

    /** The consumer reads committed records only. */
    OutboxPosition(Consumer<byte[], byte[]> consumer, EventReader<OutboxPublished> reader) {
        this.consumer = consumer;
        this.reader = reader;
    }

    /** The newest batch that was committed; 0 if none was. Looks at the end first: what is compacted can be long. */
    long read() {
        var partitions = Stretch.partitions(consumer, Topics.OUTBOX_POSITION.name());
        consumer.assign(partitions);
        var starts = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        for (long look = FIRST_LOOK; ; look *= WIDER) {
            boolean everything = seekBack(partitions, starts, ends, look);
            var newest = newest(ends);
            if (newest.isPresent() || everything) {
                return newest.orElse(0);
            }
        }
    }

    /** Returns whether that is the beginning of everything. */
    private boolean seekBack(
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            long records) {
        boolean everything = true;
        for (var partition : partitions) {
            long start = starts.getOrDefault(partition, 0L);
            long from = Math.max(start, ends.getOrDefault(partition, 0L) - records);
            consumer.seek(partition, from);
            everything &= from == start;
        }
        return everything;
    }

    private OptionalLong newest(Map<TopicPartition, Long> ends) {
        var batches = LongStream.builder();
        new Stretch<>(consumer, ends, PATIENCE).read(found -> batches.add(batch(found)));
        return batches.build().max();
    }

    private long batch(ConsumerRecord<byte[], byte[]> found) {
        return switch (reader.read(found.value())) {
            case Decoded.Event<OutboxPublished>(var published) -> published.getBatch();
            case Decoded.Undecodable<OutboxPublished> undecodable ->
                throw new IllegalStateException("outbox-position holds what the relay did not write");
        };
    }
}
