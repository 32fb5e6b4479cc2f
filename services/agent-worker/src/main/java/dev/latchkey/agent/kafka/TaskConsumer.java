package dev.latchkey.agent.kafka;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
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
    private static final Duration POLL_WITHOUT_ROOM = Duration.ofMillis(5);
    private static final Duration BEFORE_STARTING_AGAIN = Duration.ofSeconds(1);
    private static final int SESSION_MILLIS = 10_000;

    /**
     * How much at a time.
     *
     * @param inFlight most tasks at a time, not counting those that wait for their provider
     * @param ofOneProvider how many of them may be calls of one provider
     * @param drain how long running tasks may go on when the worker stops or a partition moves
     */
    public record Limits(int inFlight, int ofOneProvider, Duration drain) {
        public static final int MOST_IN_FLIGHT = 10_000;

        public Limits {
            if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
                throw new IllegalArgumentException("1 to " + MOST_IN_FLIGHT + " tasks in flight, not " + inFlight);
            }
            if (ofOneProvider < 1 || ofOneProvider > inFlight) {
                throw new IllegalArgumentException(
                        "1 to " + inFlight + " tasks of one provider in flight, not " + ofOneProvider);
            }
        }

        /** Most tasks that wait for their provider: memory is all that they take. */
        public int waiting() {
            return Math.min(10 * inFlight, MOST_IN_FLIGHT);
        }

        /** Taken at once, so that the limits are never exceeded. */
        int batch() {
            return Math.max(1, inFlight / 10);
        }
    }

    /**
     * Whether there is reason not to take tasks.
     *
     * @param open whether any may be taken now
     * @param waiting how many of those taken wait for their provider, and take no room
     */
    public record Gate(BooleanSupplier open, IntSupplier waiting) {}

    private final KafkaSettings kafka;
    private final RecordHandler handler;
    private final Gate gate;
    private final Limits limits;
    private final AtomicInteger taken = new AtomicInteger();
    private final Thread thread = Thread.ofPlatform().name("task-consumer").unstarted(this::run);
    private volatile boolean stopping;

    private TaskConsumer(KafkaSettings kafka, RecordHandler handler, Gate gate, Limits limits) {
        this.kafka = kafka;
        this.handler = handler;
        this.gate = gate;
        this.limits = limits;
    }

    public static TaskConsumer start(KafkaSettings kafka, TaskHandler handler, Gate gate, Limits limits) {
        var consumer = new TaskConsumer(kafka, handler, gate, limits);
        consumer.thread.start();
        return consumer;
    }

    /** Tasks that were taken and are not done, without those that wait for their provider. */
    public int running() {
        return taken.get() - gate.waiting().getAsInt();
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
        try (var ledger = Ledger.open(GROUP, kafka)) {
            var desk = new PartitionWork.Desk(handler, ledger, taken);
            while (!stopping) {
                consumeUntilBroken(desk);
            }
        }
    }

    private void consumeUntilBroken(PartitionWork.Desk desk) {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(properties(kafka, limits))) {
            consume(consumer, new Assignment(consumer, desk, limits.drain()));
        } catch (KafkaException e) {
            LOG.warn("Taking tasks failed, starting again topic={}", Topics.AGENT_TASKS.name(), e);
            pause();
        }
    }

    private void consume(Consumer<byte[], byte[]> consumer, Assignment assignment) {
        consumer.subscribe(List.of(Topics.AGENT_TASKS.name()), assignment);
        while (!stopping) {
            boolean room = hasRoom();
            if (room && gate.open().getAsBoolean()) {
                assignment.resume();
            } else {
                consumer.pause(consumer.assignment());
            }
            assignment.take(consumer.poll(room ? POLL : POLL_WITHOUT_ROOM));
        }
    }

    private boolean hasRoom() {
        int waiting = gate.waiting().getAsInt();
        return taken.get() - waiting + limits.batch() <= limits.inFlight()
                && waiting + limits.batch() <= limits.waiting();
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
