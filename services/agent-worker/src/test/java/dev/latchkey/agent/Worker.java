package dev.latchkey.agent;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.agent.answering.TaskRule;
import dev.latchkey.agent.kafka.DeadLetters;
import dev.latchkey.agent.kafka.Inlet;
import dev.latchkey.agent.kafka.Records;
import dev.latchkey.agent.kafka.TaskConsumer;
import dev.latchkey.agent.kafka.TaskHandler;
import dev.latchkey.agent.sharing.Bulkheads;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Takes tasks and gives results as the service does, with the answerer that a test chooses. */
final class Worker implements AutoCloseable {
    static final int MOST_TASKS = 50;

    private final TaskConsumer tasks;

    private Worker(TaskConsumer tasks) {
        this.tasks = tasks;
    }

    static Worker start(KafkaSettings kafka, WireFormat format, Answerer answerer) {
        return start(kafka, format, answerer, () -> true);
    }

    static Worker start(KafkaSettings kafka, WireFormat format, Answerer answerer, BooleanSupplier open) {
        var limits = new TaskConsumer.Limits(MOST_TASKS, MOST_TASKS, Duration.ZERO);
        return start(kafka, handler(format, answerer), new TaskConsumer.Gate(open, () -> 0), limits);
    }

    /** With room for so many tasks, and half of it for each provider. */
    static Worker sharing(KafkaSettings kafka, WireFormat format, Answerer answerer, int room) {
        var limits = new TaskConsumer.Limits(room, room / 2, Duration.ofSeconds(5));
        var bulkheads = new Bulkheads(
                answerer,
                new Bulkheads.Shares(limits.ofOneProvider(), limits.waiting()),
                InstantSource.fixed(Samples.NOW));
        return start(kafka, handler(format, bulkheads), new TaskConsumer.Gate(() -> true, bulkheads::waiting), limits);
    }

    private static Worker start(
            KafkaSettings kafka, TaskHandler handler, TaskConsumer.Gate gate, TaskConsumer.Limits limits) {
        return new Worker(TaskConsumer.start(kafka, handler, gate, limits));
    }

    private static TaskHandler handler(WireFormat format, Answerer answerer) {
        return new TaskHandler(
                new Inlet<>(format.reader(Topics.AGENT_TASKS), TaskRule::brokenBy),
                answerer,
                new Records<>(Topics.AGENT_RESULTS, format),
                new DeadLetters(new Records<>(Topics.DEAD_LETTERS, format), InstantSource.fixed(Samples.NOW)));
    }

    /** Tasks being worked on now. */
    int running() {
        return tasks.running();
    }

    @Override
    public void close() {
        tasks.close();
    }
}
