package dev.latchkey.embedded.bench;

import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A bare consumer that reads of deletions, for comparison: nobody can act on one before. */
final class DeletionWatch implements AutoCloseable {
    private final Map<UUID, CompletableFuture<Instant>> deletions = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closing;

    private DeletionWatch(KafkaSettings kafka) {
        this.thread = Thread.ofPlatform().name("deletion-watch").unstarted(() -> watch(kafka));
    }

    static DeletionWatch start(KafkaSettings kafka) {
        var watch = new DeletionWatch(kafka);
        watch.thread.start();
        return watch;
    }

    /** When the deletion of this credential was read; waits for it. */
    Instant readAt(UUID credentialId) {
        return deletion(credentialId).join();
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
        try (var tail = new TopicTail<>(kafka, Topics.CREDENTIALS)) {
            while (!closing) {
                tail.next().forEach(seen -> seen.found().ifPresent(this::note));
            }
        }
    }

    private void note(CredentialChanged change) {
        if (!change.getIsActive()) {
            deletion(change.getCredentialId()).complete(Instant.now());
        }
    }

    private CompletableFuture<Instant> deletion(UUID credentialId) {
        return deletions.computeIfAbsent(credentialId, _ -> new CompletableFuture<>());
    }
}
