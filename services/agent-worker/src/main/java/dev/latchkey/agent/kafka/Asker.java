package dev.latchkey.agent.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Somebody who waits until all is read that was on a topic when he asked. */
final class Asker {
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Instant askedAt;
    private final CountDownLatch answered = new CountDownLatch(1);
    private Map<TopicPartition, Long> ends = Map.of();

    Asker(InstantSource clock) {
        this.clock = clock;
        this.askedAt = clock.instant();
    }

    Instant askedAt() {
        return askedAt;
    }

    /** False when the deadline passes first. */
    boolean await(Instant deadline) throws InterruptedException {
        long patience = Duration.between(clock.instant(), deadline).toMillis();
        return answered.await(patience, TimeUnit.MILLISECONDS);
    }

    boolean isAnswered() {
        return answered.getCount() == 0;
    }

    /** Another consumer reads now, from the beginning. */
    void beginAgain() {
        ends = Map.of();
    }

    /** For the thread of the consumer alone. While the broker does not say where the topic ends nobody is answered. */
    boolean isAnsweredBy(Consumer<?, ?> consumer) {
        try {
            if (isBehind(consumer)) {
                return false;
            }
        } catch (TimeoutException e) {
            return false;
        }
        answered.countDown();
        return true;
    }

    /** Where the topic ends is looked up once, after the question came. */
    private boolean isBehind(Consumer<?, ?> consumer) {
        if (ends.isEmpty()) {
            ends = consumer.endOffsets(consumer.assignment(), BROKER_PATIENCE);
        }
        return ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey(), BROKER_PATIENCE) < end.getValue());
    }
}
