package dev.latchkey.agent.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Somebody who waits until all is read that was on a topic when he asked. */
final class Asker {
    private final InstantSource clock;
    private final CountDownLatch answered = new CountDownLatch(1);
    private Map<TopicPartition, Long> ends = Map.of();

    Asker(InstantSource clock) {
        this.clock = clock;
    }

    /** False when the deadline passes first. */
    boolean await(Instant deadline) throws InterruptedException {
        long patience = Duration.between(clock.instant(), deadline).toMillis();
        return answered.await(patience, TimeUnit.MILLISECONDS);
    }

    boolean isAnswered() {
        return answered.getCount() == 0;
    }

    /** For the thread of the consumer alone: where the topic ends is looked up after the question came. */
    boolean isAnsweredBy(Consumer<?, ?> consumer) {
        if (ends.isEmpty()) {
            ends = consumer.endOffsets(consumer.assignment());
        }
        if (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            return false;
        }
        answered.countDown();
        return true;
    }
}
