package dev.latchkey.audit.history;

import dev.latchkey.events.CredentialAudited;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All that a replay remembers of one user: where the chain ends, and every credential as it was left. */
final class UserHistory {
    private final UUID userId;
    private final Chain chain;
    private final Map<UUID, HeldCredential> credentials = new LinkedHashMap<>();
    private long changes;
    private long firstPast = Long.MAX_VALUE;

    UserHistory(UUID userId) {
        this.userId = userId;
        this.chain = new Chain(userId);
    }

    /** Takes the next entry into the chain and says what is wrong with it. */
    List<Finding> advance(Place place, CredentialAudited entry) {
        return chain.append(place, entry);
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
