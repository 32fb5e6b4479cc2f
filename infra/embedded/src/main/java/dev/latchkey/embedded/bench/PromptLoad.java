package dev.latchkey.embedded.bench;

import dev.latchkey.runtime.KafkaSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Prompts to users' default models, published at a steady rate, all of one user at a time. */
final class PromptLoad implements AutoCloseable {
    private final Duration pause;
    private final PromptSource prompts;
    private final AtomicReference<Optional<UUID>> user = new AtomicReference<>(Optional.empty());
    private final Thread thread = Thread.ofPlatform().name("prompt-load").unstarted(this::run);

    private PromptLoad(KafkaSettings kafka, int perSecond) {
        this.pause = Duration.ofSeconds(1).dividedBy(perSecond);
        this.prompts = new PromptSource(kafka);
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
        return prompts.taken();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        prompts.close();
    }

    /** A prompt that is late is not skipped: the rate is kept over time. */
    private void run() {
        long next = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            user.get().ifPresent(asking -> prompts.publish(asking, UUID.randomUUID()));
            next += pause.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }
}
