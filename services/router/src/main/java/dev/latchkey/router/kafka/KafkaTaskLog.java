package dev.latchkey.router.kafka;

import dev.latchkey.events.AgentTask;
import dev.latchkey.router.topology.TaskLog;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The end of {@code agent-tasks}. What is no task there is passed over: workers bury it. */
public final class KafkaTaskLog implements TaskLog {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaSettings kafka;
    private final WireFormat format;

    public KafkaTaskLog(KafkaSettings kafka, WireFormat format) {
        this.kafka = kafka;
        this.format = format;
    }

    @Override
    public List<AgentTask> last(int partition, int most) {
        var log = new TopicPartition(Topics.AGENT_TASKS.name(), partition);
        try (var consumer = consumer();
                var reader = format.reader(Topics.AGENT_TASKS)) {
            consumer.assign(List.of(log));
            consumer.seekToBeginning(List.of(log));
            long begin = consumer.position(log);
            consumer.seekToEnd(List.of(log));
            long end = consumer.position(log);
            consumer.seek(log, Math.max(begin, end - most));
            return read(consumer, log, end, reader);
        }
    }

    private static List<AgentTask> read(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition log, long end, EventReader<AgentTask> reader) {
        var tasks = new ArrayList<AgentTask>();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(log) < end) {
            if (System.nanoTime() > giveUp) {
                throw new TimeoutException("the end of " + log + " was not read within " + PATIENCE.toSeconds() + " s");
            }
            for (var record : consumer.poll(POLL)) {
                tasks.addAll(decoded(reader, record.value()).toList());
            }
        }
        return tasks;
    }

    private static Stream<AgentTask> decoded(EventReader<AgentTask> reader, byte[] value) {
        return switch (reader.read(value)) {
            case Decoded.Event<AgentTask>(var task) -> Stream.of(task);
            case Decoded.Undecodable<AgentTask> _ -> Stream.empty();
        };
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var settings = new HashMap<>(kafka.clientProperties());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
