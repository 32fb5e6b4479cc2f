package dev.latchkey.api.runs;

import dev.latchkey.api.credentials.RefusedKey;
import dev.latchkey.events.AgentRun;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.ResumingThread;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the keys that providers refused on agent-runs, and has each marked. All instances of the api read as one group, and a
 * position is committed after what was marked up to there: a refusal can be told twice, and none is lost. What can not be read
 * is passed over and counted, for nobody but the router writes there.
 */
public final class Refusals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final String GROUP = "latchkey-api";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final WireFormat format;
    private final Consumer<RefusedKey> marking;
    private final Counter unreadable;
    private final ResumingThread thread;

    private Refusals(KafkaSettings kafka, WireFormat format, Consumer<RefusedKey> marking, MeterRegistry meters) {
        this.kafka = kafka;
        this.format = format;
        this.marking = marking;
        this.unreadable = Counter.builder("latchkey.runs.unreadable")
                .description("records on agent-runs that are no runs")
                .register(meters);
        this.thread = ResumingThread.start("refusals", this::read);
    }

    /** What marks can be told the same again; what it throws has it told again. */
    public static Refusals start(
            KafkaSettings kafka, WireFormat format, Consumer<RefusedKey> marking, MeterRegistry meters) {
        return new Refusals(kafka, format, marking, meters);
    }

    public boolean isWorking() {
        return thread.isWorking();
    }

    /** Lets what is being marked be marked. */
    @Override
    public void close() {
        thread.close();
    }

    /** Whatever goes wrong, it begins again where it last committed. */
    private void read(ResumingThread thread) {
        try (var reader = format.reader(Topics.AGENT_RUNS)) {
            follow(new KafkaConsumer<>(properties()), reader, thread);
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer, EventReader<AgentRun> reader, ResumingThread thread) {
        try {
            consumer.subscribe(List.of(Topics.AGENT_RUNS.name()));
            while (!thread.isStopping()) {
                var records = consumer.poll(POLL);
                records.forEach(record -> learn(reader, record));
                if (!records.isEmpty()) {
                    consumer.commitSync();
                }
                thread.isFine();
            }
        } finally {
            consumer.close(CloseOptions.timeout(CLOSING));
        }
    }

    private void learn(EventReader<AgentRun> reader, ConsumerRecord<byte[], byte[]> record) {
        switch (reader.read(record.value())) {
            case Decoded.Event<AgentRun>(var run) -> RefusedKey.of(run).ifPresent(marking);
            case Decoded.Undecodable<AgentRun> _ -> {
                unreadable.increment();
                LOG.warn(
                        "Record passed over topic={} partition={} offset={}",
                        record.topic(),
                        record.partition(),
                        record.offset());
            }
        }
    }

    private Map<String, Object> properties() {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }
}
