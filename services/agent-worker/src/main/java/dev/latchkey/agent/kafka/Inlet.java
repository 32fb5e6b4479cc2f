package dev.latchkey.agent.kafka;

import dev.latchkey.agent.kafka.Admission.Admitted;
import dev.latchkey.agent.kafka.Admission.Rejected;
import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.RegistryUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads and checks the records of one topic. A registry that is away is waited for: it is no reason to reject. */
public final class Inlet<V extends SpecificRecord> {
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(1);

    /** What an event must keep. */
    @FunctionalInterface
    public interface Rule<V> {
        /** The broken rule in one sentence, without the content. */
        Optional<String> brokenBy(String key, V event);
    }

    private final EventReader<V> reader;
    private final Rule<V> rule;

    public Inlet(EventReader<V> reader, Rule<V> rule) {
        this.reader = reader;
        this.rule = rule;
    }

    Admission<V> admit(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        return switch (read(record.value())) {
            case Decoded.Undecodable<V>(var detail) -> new Rejected<>(DeadLetterReason.UNDECODABLE, detail);
            case Decoded.Event<V>(var event) ->
                rule.brokenBy(key(record), event)
                        .<Admission<V>>map(broken -> new Rejected<>(DeadLetterReason.INVALID, broken))
                        .orElseGet(() -> new Admitted<>(event));
        };
    }

    private Decoded<V> read(byte[] value) throws InterruptedException {
        while (true) {
            try {
                return readAlone(value);
            } catch (RegistryUnavailable e) {
                Thread.sleep(BEFORE_ASKING_AGAIN);
            }
        }
    }

    /** Deserializers promise nothing about threads. */
    private Decoded<V> readAlone(byte[] value) {
        synchronized (reader) {
            return reader.read(value);
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }
}
