package dev.latchkey.api.store;

import dev.latchkey.api.postgres.Database;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunControlled;
import dev.latchkey.schemas.PrivateFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What waits in the outbox, oldest first. */
public record Outbox(Database database) {
    public List<CredentialChanged> credentials() {
        return events(Topics.CREDENTIALS);
    }

    public List<CredentialAudited> history() {
        return events(Topics.CREDENTIAL_AUDIT);
    }

    public List<PromptSubmitted> prompts() {
        return events(Topics.PROMPTS);
    }

    public List<RunControlled> controls() {
        return events(Topics.RUN_CONTROLS);
    }

    public List<BudgetChanged> budgets() {
        return events(Topics.BUDGETS);
    }

    public List<DataKeyChanged> dataKeys() {
        return events(Topics.DATA_KEYS);
    }

    public void clear() {
        database.inTransaction(sql -> sql.update("DELETE FROM outbox"));
    }

    private <V extends SpecificRecord> List<V> events(Topic<V> topic) {
        var format = new PrivateFormat<>(topic.type());
        return database.inTransaction(sql -> sql.list(
                "SELECT payload FROM outbox WHERE topic = ? ORDER BY id",
                row -> format.decode(row.getBytes(1)),
                topic.name()));
    }
}
