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
        KStream<String, Admission<V>> admissions = builder.stream(topic.name(), source(topic))
                .process(() -> new Door<>(service, topic, format.reader(topic), rule), name(topic, "door"));
        admissions
                .flatMapValues(Intake::letters, name(topic, "rejected"))
                .to(Topics.DEAD_LETTERS.name(), deadLetters(topic));
        return admissions.flatMapValues(Intake::events, name(topic, "admitted"));
    }

    private static Consumed<byte[], byte[]> source(Topic<?> topic) {
        return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(topic.name() + "-source");
    }

    private Produced<String, DeadLettered> deadLetters(Topic<?> topic) {
        return Produced.with(Serdes.String(), format.serde(Topics.DEAD_LETTERS))
                .withName(topic.name() + "-dead-letters");
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
        return switch (admission) {
            case Admitted<V>(var event) -> List.of(event);
            case Rejected<V> rejected -> List.of();
        };
    }
}
