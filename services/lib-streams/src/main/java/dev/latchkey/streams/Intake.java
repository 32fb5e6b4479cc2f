package dev.latchkey.streams;

import dev.latchkey.events.DeadLettered;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.streams.Admission.Admitted;
import dev.latchkey.streams.Admission.Rejected;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The door of a topology: events that can be read and keep the rules come in, every other record goes to the dead
 * letters, and the partition goes on. A registry that does not answer is no reason to reject: then the stream thread
 * fails and reads the record again.
 */
public final class Intake {
    private final String service;
    private final WireFormat format;

    public Intake(String service, WireFormat format) {
        this.service = service;
        this.format = format;
    }

    /** The good events of a topic. Keys are what they were on the topic. */
    public <V extends SpecificRecord> KStream<String, V> stream(StreamsBuilder builder, Topic<V> topic, Rule<V> rule) {
        return stream(records(builder, topic), topic, rule);
    }

    /** The good ones among the records of a topic that come in by another way, such as a table. */
    public <V extends SpecificRecord> KStream<String, V> stream(
            KStream<byte[], byte[]> records, Topic<V> topic, Rule<V> rule) {
        return admissions(records, topic, rule).flatMapValues(Intake::events, name(topic, "admitted"));
    }

    /** The same, for events that can turn out later to be none: {@link #bury} takes what becomes of those. */
    public <V extends SpecificRecord> KStream<String, Received<V>> received(
            StreamsBuilder builder, Topic<V> topic, Rule<V> rule) {
        return admissions(records(builder, topic), topic, rule)
                .flatMapValues(Intake::received, name(topic, "received"));
    }

    /** Sends dead letters, through a sink of this name. */
    public void bury(KStream<String, DeadLettered> letters, String name) {
        letters.process(Burial::new, Named.as(name + "-burial"))
                .to(
                        Topics.DEAD_LETTERS.name(),
                        Produced.with(Serdes.String(), format.serde(Topics.DEAD_LETTERS))
                                .withName(name));
    }

    private <V extends SpecificRecord> KStream<String, Admission<V>> admissions(
            KStream<byte[], byte[]> records, Topic<V> topic, Rule<V> rule) {
        KStream<String, Admission<V>> admissions =
                records.process(() -> new Door<>(service, topic, format.reader(topic), rule), name(topic, "door"));
        bury(admissions.flatMapValues(Intake::letters, name(topic, "rejected")), topic.name() + "-dead-letters");
        return admissions;
    }

    private static KStream<byte[], byte[]> records(StreamsBuilder builder, Topic<?> topic) {
        return builder.stream(
                topic.name(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(topic.name() + "-source"));
    }

    private static Named name(Topic<?> topic, String step) {
        return Named.as(topic.name() + "-" + step);
    }

    private static <V> List<DeadLettered> letters(Admission<V> admission) {
        return switch (admission) {
            case Admitted<V> admitted -> List.of();
            case Rejected<V>(var letter) -> List.of(letter);
        };
    }

    private static <V> List<V> events(Admission<V> admission) {
        return received(admission).stream().map(Received::event).toList();
    }

    private static <V> List<Received<V>> received(Admission<V> admission) {
        return switch (admission) {
            case Admitted<V>(var received) -> List.of(received);
            case Rejected<V> rejected -> List.of();
        };
    }
}
