package dev.latchkey.audit.history;

import dev.latchkey.events.CredentialAudited;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All that a replay remembers of one user: the number of the last entry, and every credential as it was left. */
final class UserHistory {
    private final UUID userId;
    private final Map<UUID, HeldCredential> credentials = new LinkedHashMap<>();
    private long last;
    private long changes;
    private long firstPast = Long.MAX_VALUE;

    UserHistory(UUID userId) {
        this.userId = userId;
    }

    /** Takes the next entry's number and says what is wrong with it. */
    Optional<Finding> advance(Place place, long sequence) {
        long expected = last + 1;
        last = Math.max(last, sequence);
        if (sequence == expected) {
            return Optional.empty();
        }
        if (sequence > expected) {
            return Optional.of(new Finding.Missing(place, userId, expected, sequence - 1));
        }
        return Optional.of(
                sequence > 0 && sequence == last
                        ? new Finding.Repeated(place, userId, sequence)
                        : new Finding.OutOfOrder(place, userId, sequence, expected));
    }

    /**
     * Whether an entry comes after the moment asked for, itself or because one does that it follows: the order is that of the numbers,
     * for the times are of several clocks.
     */
    boolean isPast(long sequence, boolean byItsTime) {
        if (byItsTime) {
            firstPast = Math.min(firstPast, sequence);
        }
        return sequence >= firstPast;
    }

    /** Keeps the state that a change left, unless a later entry has already been heard of the same credential. */
    void apply(CredentialAudited change) {
        changes++;
        if (change.getCredentialId() == null || change.getAfter() == null) {
            return;
        }
        var left = new HeldCredential(change.getCredentialId(), change.getSequence(), change.getAfter());
        credentials.merge(left.id(), left, (held, next) -> next.sequence() > held.sequence() ? next : held);
    }

    /** False while all that was heard of the user came after the moment asked for. */
    boolean hasChanges() {
        return changes > 0;
    }

    Holdings holdings() {
        return new Holdings(userId, List.copyOf(credentials.values()));
    }
}
