package dev.latchkey.audit.kafka;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.audit.history.History;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.util.Map;
import java.util.function.Consumer;

/** The history on its topic. */
public final class TopicHistory implements History {
    private final CommittedTopic<CredentialAudited> topic;

    public TopicHistory(Map<String, Object> client, WireFormat format) {
        this.topic = new CommittedTopic<>(Topics.CREDENTIAL_AUDIT, client, format);
    }

    @Override
    public void tell(Consumer<Entry> listener) {
        topic.read(row -> listener.accept(entry(row)));
    }

    private static Entry entry(CommittedTopic.Row<CredentialAudited> row) {
        return switch (row.value()) {
            case Decoded.Event<CredentialAudited>(var event) -> new Entry.Change(row.place(), row.key(), event);
            case Decoded.Undecodable<CredentialAudited>(var detail) -> new Entry.Unreadable(row.place(), detail);
        };
    }
}
