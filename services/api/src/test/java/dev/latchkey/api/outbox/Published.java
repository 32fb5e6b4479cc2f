package dev.latchkey.api.outbox;

import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.testing.WholeTopic;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** What a consumer sees that reads committed records only. */
public record Published(String bootstrap, WireFormat format) {
    /** All events of one user on a topic, in the order of each partition. */
    public <V extends SpecificRecord> List<V> read(Topic<V> topic, Function<V, UUID> owner, UUID userId) {
        try (var deserializer = format.deserializer(topic)) {
            return new WholeTopic(bootstrap, topic.name())
                    .read().stream()
                            .map(found -> deserializer.deserialize(topic.name(), found.value()))
                            .filter(event -> owner.apply(event).equals(userId))
                            .toList();
        }
    }
}
