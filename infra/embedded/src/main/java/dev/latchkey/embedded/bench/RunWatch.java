package dev.latchkey.embedded.bench;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.RunStatus;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Decoded;
import dev.latchkey.schemas.EventReader;
import dev.latchkey.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Hears how runs end, as any consumer of {@code agent-runs} does, and keeps nothing but what it is asked to wait for. */
final class RunWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Set<RunStatus> FINAL = Set.of(RunStatus.ANSWERED, RunStatus.REFUSED, RunStatus.FAILED);

    /** How a run ended, and the moment in nanoseconds at which that was heard. */
    record Ending(RunStatus status, long nanoTime) {}

    private final Map<UUID, CompletableFuture<Ending>> awaited = new ConcurrentHashMap<>();
    private final Map<UUID, AtomicLong> endings = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> listening = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;

    private RunWatch(KafkaSettings kafka) {
        this.thread = Thread.ofPlatform().name("run-watch").unstarted(() -> watch(kafka));
    }

    /** Hears everything from when this returns. */
    static RunWatch start(KafkaSettings kafka) {
        var watch = new RunWatch(kafka);
        watch.thread.start();
        watch.listening.join();
        return watch;
    }

    /** To be asked for before the prompt is published. */
    CompletableFuture<Ending> ending(UUID promptId) {
        return awaited.computeIfAbsent(promptId, _ -> new CompletableFuture<>());
    }

    /** How many runs of the user have ended so far. */
    long endingsOf(UUID userId) {
        return endings.computeIfAbsent(userId, _ -> new AtomicLong()).get();
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(KafkaSettings kafka) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
                var reader = kafka.format().reader(Topics.AGENT_RUNS)) {
            listenFromNow(consumer);
            while (!closing) {
                consumer.poll(POLL).forEach(record -> hear(record.value(), reader));
            }
        } catch (RuntimeException e) {
            listening.completeExceptionally(e);
            awaited.values().forEach(ending -> ending.completeExceptionally(e));
            throw e;
        }
    }

    private void listenFromNow(KafkaConsumer<String, byte[]> consumer) {
        consumer.assign(consumer.partitionsFor(Topics.AGENT_RUNS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
        listening.complete(null);
    }

    private void hear(byte[] value, EventReader<AgentRun> reader) {
        if (reader.read(value) instanceof Decoded.Event<AgentRun>(var run) && FINAL.contains(run.getStatus())) {
            endings.computeIfAbsent(run.getUserId(), _ -> new AtomicLong()).incrementAndGet();
            var ending = awaited.remove(run.getPromptId());
            if (ending != null) {
                ending.complete(new Ending(run.getStatus(), System.nanoTime()));
            }
        }
    }
}
