package dev.latchkey.api.credentials;

import java.time.Instant;

/** One step in the life of a user's credentials: numbered 1, 2, 3 per user, at a moment in microseconds. */
public record Revision(long number, Instant at) {
    public Revision {
        if (number < 0) {
            throw new IllegalArgumentException("revisions are not negative, this one is " + number);
        }
    }
}
