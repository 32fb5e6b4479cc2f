package dev.latchkey.agent.payloads;

import dev.latchkey.events.DataKeyChanged;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The data key of every user, as far as it is known. A user who was forgotten stays so, whatever is read again. */
public final class DataKeyView {
    private final InstantSource clock;
    private final Consumer<UUID> forgotten;
    private final Map<UUID, DataKeyChanged> newest = new HashMap<>();

    /** Tells of everybody who is forgotten, once it knows itself. */
    public DataKeyView(InstantSource clock, Consumer<UUID> forgotten) {
        this.clock = clock;
        this.forgotten = forgotten;
    }

    public void changed(DataKeyChanged change) {
        synchronized (this) {
            newest.merge(change.getUserId(), change, DataKeyView::newer);
            notifyAll();
        }
        if (isForgotten(change)) {
            forgotten.accept(change.getUserId());
        }
    }

    public synchronized Optional<DataKeyChanged> now(UUID userId) {
        return Optional.ofNullable(newest.get(userId));
    }

    /** Waits until anything of the user is known. Empty when the deadline passes first. */
    synchronized Optional<DataKeyChanged> await(UUID userId, Instant deadline) throws InterruptedException {
        var known = now(userId);
        while (known.isEmpty() && clock.instant().isBefore(deadline)) {
            wait(Math.max(1, Duration.between(clock.instant(), deadline).toMillis()));
            known = now(userId);
        }
        return known;
    }

    static boolean isForgotten(DataKeyChanged dataKey) {
        return dataKey.getWrappedKey() == null;
    }

    private static DataKeyChanged newer(DataKeyChanged one, DataKeyChanged other) {
        boolean staysAsItWas = isForgotten(one) || other.getChangedAt().isBefore(one.getChangedAt());
        return staysAsItWas && !isForgotten(other) ? one : other;
    }
}
