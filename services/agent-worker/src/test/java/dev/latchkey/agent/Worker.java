package dev.latchkey.agent;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.agent.answering.TaskRule;
import dev.latchkey.agent.kafka.DeadLetters;
import dev.latchkey.agent.kafka.Inlet;
import dev.latchkey.agent.kafka.Outlet;
import dev.latchkey.agent.kafka.Producers;
import dev.latchkey.agent.kafka.TaskConsumer;
import dev.latchkey.agent.kafka.TaskHandler;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;

/** Takes tasks and gives results as the service does, with the answerer that a test chooses. */
final class Worker implements AutoCloseable {
    static final int MOST_TASKS = 50;

    private final Producer<byte[], byte[]> producer;
    private final TaskConsumer tasks;

    private Worker(Producer<byte[], byte[]> producer, TaskConsumer tasks) {
        this.producer = producer;
        this.tasks = tasks;
    }

    static Worker start(KafkaSettings kafka, WireFormat format, Answerer answerer) {
        return start(kafka, format, answerer, () -> true);
    }

    static Worker start(KafkaSettings kafka, WireFormat format, Answerer answerer, BooleanSupplier open) {
        var producer = Producers.open(kafka);
        var handler = new TaskHandler(
                new Inlet<>(format.reader(Topics.AGENT_TASKS), TaskRule::brokenBy),
                answerer,
                new Outlet<>(producer, Topics.AGENT_RESULTS, format),
                new DeadLetters(new Outlet<>(producer, Topics.DEAD_LETTERS, format), InstantSource.fixed(Samples.NOW)));
        var limits = new TaskConsumer.Limits(MOST_TASKS, Duration.ZERO);
        return new Worker(producer, TaskConsumer.start(kafka, handler, open, limits));
    }

    /** Tasks being worked on now. */
    int running() {
        return tasks.running();
    }

    @Override
    public void close() {
        tasks.close();
        producer.close();
    }
}
