package dev.latchkey.agent.kafka;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes tasks, as many at a time as allowed, and lets none wait for another. Why so: docs/decisions/0002. */
public final class TaskConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskConsumer.class);
    private static final String GROUP = "agent-worker";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BEFORE_STARTING_AGAIN = Duration.ofSeconds(1);
    private static final int SESSION_MILLIS = 10_000;

    /**
     * How much at a time.
     *
     * @param inFlight most tasks at a time
     * @param drain how long running tasks may go on when the worker stops or a partition moves
     */
    public record Limits(int inFlight, Duration drain) {
        /** The open offsets of as many tasks fit into the metadata of one commit. */
        public static final int MOST_IN_FLIGHT = 500;

        public Limits {
            if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
                throw new IllegalArgumentException("1 to " + MOST_IN_FLIGHT + " tasks in flight, not " + inFlight);
            }
        }

        /** Taken at once, so that the limit is never exceeded. */
        int batch() {
            return Math.max(1, inFlight / 10);
        }
    }

    private final Map<String, Object> properties;
    private final RecordHandler handler;
    private final BooleanSupplier open;
    private final Limits limits;
    private final AtomicInteger running = new AtomicInteger();
    private final Thread thread = Thread.ofPlatform().name("task-consumer").unstarted(this::run);
    private volatile boolean stopping;

    private TaskConsumer(KafkaSettings kafka, RecordHandler handler, BooleanSupplier open, Limits limits) {
        this.properties = properties(kafka, limits);
        this.handler = handler;
        this.open = open;
        this.limits = limits;
    }

    /** Takes nothing while {@code open} says no. */
    public static TaskConsumer start(KafkaSettings kafka, TaskHandler handler, BooleanSupplier open, Limits limits) {
        var consumer = new TaskConsumer(kafka, handler, open, limits);
        consumer.thread.start();
        return consumer;
    }

    /** Tasks being worked on now. */
    public int running() {
        return running.get();
    }

    /** Stops taking, lets running tasks end for a moment, leaves the rest to the other workers. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try (var consumer = new KafkaConsumer<byte[], byte[]>(properties)) {
                consume(consumer);
            } catch (KafkaException e) {
                LOG.warn("Taking tasks failed, starting again topic={}", Topics.AGENT_TASKS.name(), e);
                pause();
            }
        }
    }

    private void consume(Consumer<byte[], byte[]> consumer) {
        var assignment = new Assignment(consumer, handler, running, limits.drain());
        consumer.subscribe(List.of(Topics.AGENT_TASKS.name()), assignment);
        while (!stopping) {
            regulate(consumer);
            consumer.poll(POLL).forEach(assignment::take);
            assignment.save();
        }
    }

    private void regulate(Consumer<byte[], byte[]> consumer) {
        boolean room = running.get() + limits.batch() <= limits.inFlight();
        if (room && open.getAsBoolean()) {
            consumer.resume(consumer.paused());
        } else {
            consumer.pause(consumer.assignment());
        }
    }

    private void pause() {
        try {
            Thread.sleep(BEFORE_STARTING_AGAIN);
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    private static Map<String, Object> properties(KafkaSettings kafka, Limits limits) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, limits.batch());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }
}
