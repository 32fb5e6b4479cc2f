package dev.latchkey.embedded.bench;

import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes prompts to users' default models that say nothing but their own id, as many and as fast as it is asked to. Published by one thread. */
final class PromptSource implements AutoCloseable {
    private final String topic;
    private final Producer<String, byte[]> producer;
    private final Serializer<PromptSubmitted> serializer;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    PromptSource(KafkaSettings kafka) {
        this(kafka, Topics.PROMPTS.name());
    }

    /** Somewhere else than where prompts belong, for somebody else to read. */
    PromptSource(KafkaSettings kafka, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                new HashMap<>(kafka.clientProperties()), new StringSerializer(), new ByteArraySerializer());
        this.serializer = kafka.format().serializer(Topics.PROMPTS);
    }

    /** Where the user's prompts lie. */
    int partitionOf(UUID userId) {
        int partitions = producer.partitionsFor(topic).size();
        return BuiltInPartitioner.partitionForKey(userId.toString().getBytes(StandardCharsets.UTF_8), partitions);
    }

    /** Does not wait for the broker. */
    void publish(UUID userId, UUID promptId) {
        var value = serializer.serialize(Topics.PROMPTS.name(), prompt(userId, promptId));
        var record = new ProducerRecord<>(topic, userId.toString(), value);
        var _ = producer.send(record, (_, cause) -> taken(cause));
    }

    void flood(UUID userId, int prompts) {
        for (int i = 0; i < prompts; i++) {
            publish(userId, UUID.randomUUID());
        }
    }

    /** How many the broker has taken; throws when it would not take one. */
    long taken() {
        var cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("a prompt could not be published", cause);
        }
        return taken.get();
    }

    /** Returns once the broker has everything; throws when it would not take one. */
    void awaitTaken() {
        producer.flush();
        var _ = taken();
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }

    private void taken(@Nullable Exception cause) {
        if (cause == null) {
            taken.incrementAndGet();
        } else {
            failure.set(cause);
        }
    }

    private static PromptSubmitted prompt(UUID userId, UUID promptId) {
        return PromptSubmitted.newBuilder()
                .setPromptId(promptId)
                .setUserId(userId)
                .setAgent("analyst")
                .setMessages(List.of(new Message(Role.USER, promptId.toString())))
                .setModelChoice(new ModelChoice(ModelChoiceKind.USER_DEFAULT, null, List.of()))
                .setSubmittedAt(Instant.now())
                .build();
    }
}
