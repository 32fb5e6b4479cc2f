package dev.latchkey.agent.kafka;

import dev.latchkey.agent.answering.Hearers;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerContinued;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what models say while they say it, a piece every tenth of a second at most. Nothing waits for it: what can not be
 * published is left out, and what is said last comes with the answer. Runs tell what counts.
 */
public final class AnswerParts implements Hearers {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerParts.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Producer<byte[], byte[]> producer;
    private final Serializer<AnswerContinued> serializer;
    private final InstantSource clock;

    public AnswerParts(Producer<byte[], byte[]> producer, WireFormat format, InstantSource clock) {
        this.producer = producer;
        this.serializer = format.serializer(Topics.ANSWER_PARTS);
        this.clock = clock;
    }

    @Override
    public Consumer<String> of(AgentTask task) {
        return new Pieces(task)::hear;
    }

    /** For the thread of the call alone. */
    private final class Pieces {
        private final AgentTask task;
        private final StringBuilder unsaid = new StringBuilder();
        private int sequence;
        private Instant saidAt = Instant.MIN;

        Pieces(AgentTask task) {
            this.task = task;
        }

        void hear(String piece) {
            unsaid.append(piece);
            var now = clock.instant();
            if (saidAt.equals(Instant.MIN) || !now.isBefore(saidAt.plus(PAUSE))) {
                publish(part(now));
                saidAt = now;
            }
        }

        private AnswerContinued part(Instant now) {
            var part = new AnswerContinued(
                    task.getPromptId(),
                    task.getUserId(),
                    task.getTaskId(),
                    task.getStep(),
                    task.getAttempt(),
                    sequence++,
                    unsaid.toString(),
                    now);
            unsaid.setLength(0);
            return part;
        }
    }

    private void publish(AnswerContinued part) {
        try {
            var key = part.getPromptId().toString().getBytes(StandardCharsets.UTF_8);
            var _ = producer.send(new ProducerRecord<>(Topics.ANSWER_PARTS.name(), key, bytes(part)));
        } catch (RuntimeException e) {
            LOG.debug("A piece of an answer is left out", e);
        }
    }

    /** Serializers promise nothing about threads. */
    private byte[] bytes(AnswerContinued part) {
        synchronized (serializer) {
            return serializer.serialize(Topics.ANSWER_PARTS.name(), part);
        }
    }
}
