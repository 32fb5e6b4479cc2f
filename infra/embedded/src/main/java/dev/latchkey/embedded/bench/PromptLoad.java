package dev.latchkey.embedded.bench;

import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Prompts to users' default models, published at a steady rate, all of one user at a time. */
final class PromptLoad implements AutoCloseable {
    private final Duration pause;
    private final Producer<String, byte[]> producer;
    private final Serializer<PromptSubmitted> serializer;
    private final AtomicReference<Optional<UUID>> user = new AtomicReference<>(Optional.empty());
    private final AtomicLong published = new AtomicLong();
    private final AtomicReference<Optional<Exception>> failure = new AtomicReference<>(Optional.empty());
    private final Thread thread = Thread.ofPlatform().name("prompt-load").unstarted(this::run);

    private PromptLoad(KafkaSettings kafka, int perSecond) {
        this.pause = Duration.ofSeconds(1).dividedBy(perSecond);
        this.producer = new KafkaProducer<>(
                new HashMap<>(kafka.clientProperties()), new StringSerializer(), new ByteArraySerializer());
        this.serializer = kafka.format().serializer(Topics.PROMPTS);
    }

    static PromptLoad start(KafkaSettings kafka, int perSecond) {
        var load = new PromptLoad(kafka, perSecond);
        load.thread.start();
        return load;
    }

    /** From now on all prompts are this user's. */
    void turnTo(UUID newUser) {
        user.set(Optional.of(newUser));
    }

    /** How many the broker has taken; throws when it would not take one. */
    long published() {
        failure.get().ifPresent(cause -> {
            throw new IllegalStateException("a prompt could not be published", cause);
        });
        return published.get();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        serializer.close();
    }

    /** A prompt that is late is not skipped: the rate is kept over time. */
    private void run() {
        long next = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            user.get().ifPresent(this::publish);
            next += pause.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void publish(UUID userId) {
        var value = serializer.serialize(Topics.PROMPTS.name(), prompt(userId));
        var _ = producer.send(
                new ProducerRecord<>(Topics.PROMPTS.name(), userId.toString(), value), (_, cause) -> taken(cause));
    }

    private void taken(Exception cause) {
        if (cause == null) {
            published.incrementAndGet();
        } else {
            failure.set(Optional.of(cause));
        }
    }

    private static PromptSubmitted prompt(UUID userId) {
        return PromptSubmitted.newBuilder()
                .setPromptId(UUID.randomUUID())
                .setUserId(userId)
                .setAgent("analyst")
                .setMessages(List.of(new Message(Role.USER, "Still there?")))
                .setModelChoice(new ModelChoice(ModelChoiceKind.USER_DEFAULT, null))
                .setSubmittedAt(Instant.now())
                .build();
    }
}
