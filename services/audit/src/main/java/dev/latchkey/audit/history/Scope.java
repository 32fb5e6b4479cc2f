package dev.latchkey.audit.history;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How much of the history is asked for.
 *
 * @param user the only user to look at; null for all
 * @param asOf the last moment that counts, inclusive; null for no limit
 */
public record Scope(@Nullable UUID user, @Nullable Instant asOf) {
    public static Scope everything() {
        return new Scope(null, null);
    }

    boolean concerns(Entry.Change change) {
        return user == null
                || user.equals(change.event().getUserId())
                || user.toString().equals(change.key());
    }

    boolean reaches(Instant moment) {
        return asOf == null || !moment.isAfter(asOf);
    }
}
