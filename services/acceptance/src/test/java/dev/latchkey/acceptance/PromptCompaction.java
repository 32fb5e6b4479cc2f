package dev.latchkey.acceptance;

import dev.latchkey.embedded.Stack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Has the broker compact topics within seconds of the next write, until it is closed. */
final class PromptCompaction implements AutoCloseable {
    private static final Map<String, String> AT_ONCE = Map.of(
            "max.compaction.lag.ms", "1000",
            "segment.ms", "1000",
            "min.cleanable.dirty.ratio", "0",
            "file.delete.delay.ms", "1000");

    private final Admin admin;
    private final List<ConfigResource> topics;

    private PromptCompaction(Admin admin, List<ConfigResource> topics) {
        this.admin = admin;
        this.topics = topics;
    }

    static PromptCompaction of(Stack stack, Predicate<String> wanted) {
        var admin = Admin.create(new HashMap<>(stack.kafka().clientProperties()));
        try {
            var topics = admin.listTopics().names().get().stream()
                    .filter(wanted)
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            var compaction = new PromptCompaction(admin, topics);
            compaction.alter(OpType.SET);
            return compaction;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell its topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Takes back what was configured before, too: nobody else here waits for a compaction. */
    @Override
    public void close() {
        try {
            alter(OpType.DELETE);
        } finally {
            admin.close();
        }
    }

    private void alter(OpType operation) {
        var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        var operations = new ArrayList<AlterConfigOp>();
        AT_ONCE.forEach((name, value) -> operations.add(new AlterConfigOp(new ConfigEntry(name, value), operation)));
        topics.forEach(topic -> changes.put(topic, operations));
        try {
            admin.incrementalAlterConfigs(changes).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not take the settings", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
