package dev.latchkey.api.following;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AnswerContinued;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads what concerns one run from the two partitions that its prompt's id belongs to. Keeps nothing, so that any instance can
 * go on from any cursor. For one thread.
 */
public final class RunFollower implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;

    private final Subject subject;
    private final KafkaConsumer<String, byte[]> consumer;
    private final EventReader<AgentRun> runs;
    private final EventReader<AnswerContinued> parts;
    private Cursor cursor = new Cursor(0, 0);

    /** Hears nothing before it is told where to begin. */
    RunFollower(KafkaSettings kafka, WireFormat format, Subject subject) {
        this.subject = subject;
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("default.api.timeout.ms", PATIENCE_MILLIS);
        properties.put("request.timeout.ms", PATIENCE_MILLIS);
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        this.runs = format.reader(Topics.AGENT_RUNS);
        this.parts = format.reader(Topics.ANSWER_PARTS);
    }

    void beginAt(Cursor from) {
        var ofRuns = partition(Topics.AGENT_RUNS.name());
        var ofParts = partition(Topics.ANSWER_PARTS.name());
        consumer.assign(List.of(ofRuns, ofParts));
        consumer.seek(ofRuns, from.runs());
        consumer.seek(ofParts, from.parts());
        cursor = from;
    }

    /** At the first records that are not older. */
    void beginAt(Instant moment) {
        var ofRuns = partition(Topics.AGENT_RUNS.name());
        var ofParts = partition(Topics.ANSWER_PARTS.name());
        var found = consumer.offsetsForTimes(Map.of(ofRuns, moment.toEpochMilli(), ofParts, moment.toEpochMilli()));
        var ends = consumer.endOffsets(List.of(ofRuns, ofParts));
        var offsets = new HashMap<>(ends);
        found.forEach((partition, offset) ->
                Optional.ofNullable(offset).ifPresent(first -> offsets.put(partition, first.offset())));
        beginAt(new Cursor(offsets.getOrDefault(ofRuns, 0L), offsets.getOrDefault(ofParts, 0L)));
    }

    /** What came next, waited for; empty when nothing did in that time. Throws KafkaException when it can not be read. */
    public List<News> next(Duration atMost) {
        var news = new ArrayList<News>();
        consumer.poll(atMost).forEach(record -> read(record).ifPresent(news::add));
        return news;
    }

    @Override
    public void close() {
        consumer.close();
        runs.close();
        parts.close();
    }

    private Optional<News> read(ConsumerRecord<String, byte[]> record) {
        return record.topic().equals(Topics.AGENT_RUNS.name()) ? readRun(record) : readPart(record);
    }

    private Optional<News> readRun(ConsumerRecord<String, byte[]> record) {
        cursor = cursor.afterRun(record.offset());
        return isOfPrompt(record)
                        && runs.read(record.value()) instanceof Decoded.Event<AgentRun>(var run)
                        && subject.is(run)
                ? Optional.of(new News.Moved(cursor, run))
                : Optional.empty();
    }

    private Optional<News> readPart(ConsumerRecord<String, byte[]> record) {
        cursor = cursor.afterPart(record.offset());
        return isOfPrompt(record)
                        && parts.read(record.value()) instanceof Decoded.Event<AnswerContinued>(var part)
                        && subject.is(part)
                ? Optional.of(new News.Continued(cursor, part))
                : Optional.empty();
    }

    /** All others are passed over without a look at what they say. */
    private boolean isOfPrompt(ConsumerRecord<String, byte[]> record) {
        return subject.promptId().toString().equals(record.key());
    }

    private TopicPartition partition(String topic) {
        var key = subject.promptId().toString().getBytes(StandardCharsets.UTF_8);
        int partitions = consumer.partitionsFor(topic).size();
        return new TopicPartition(topic, BuiltInPartitioner.partitionForKey(key, partitions));
    }
}
