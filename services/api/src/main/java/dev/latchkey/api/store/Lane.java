package dev.latchkey.api.store;

import dev.latchkey.api.postgres.Statements;
import dev.latchkey.schemas.PrivateFormat;
import dev.latchkey.schemas.Topic;
import java.sql.SQLException;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** The way of one topic's events into the outbox. What is sent becomes visible, and wakes the relay, at commit. */
final class Lane<V extends SpecificRecord> {
    private final Topic<V> topic;
    private final PrivateFormat<V> format;

    Lane(Topic<V> topic) {
        this.topic = topic;
        this.format = new PrivateFormat<>(topic.type());
    }

    void send(Statements statements, UUID key, V event) throws SQLException {
        statements.run(
                "INSERT INTO outbox (topic, record_key, payload) VALUES (?, ?, ?)",
                topic.name(),
                key.toString(),
                format.encode(event));
        statements.run("NOTIFY outbox");
    }
}
