package dev.latchkey.api.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each user may do what. A user who did nothing for an hour may use a whole hour's quota at once; what was
 * used comes back evenly over the hour.
 */
public final class Quotas {
    /** What is counted together. */
    public enum Kind {
        WRITE,
        VALIDATION,
        READ,
        PROMPT
    }

    private record Account(UUID userId, Kind kind) {}

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int CROWDED = 100_000;

    private final Map<Kind, Integer> perHour;
    private final InstantSource clock;
    /** When an account would have its whole quota back. */
    private final Map<Account, Instant> restored = new ConcurrentHashMap<>();

    public Quotas(Map<Kind, Integer> perHour, InstantSource clock) {
        this.perHour = Map.copyOf(perHour);
        this.clock = clock;
    }

    /** Takes one from the quota and answers zero, or takes nothing and answers how long to wait. */
    public Duration take(UUID userId, Kind kind) {
        var now = clock.instant();
        forgetTheRested(now);
        var share = WINDOW.dividedBy(perHour.getOrDefault(kind, 1));
        var wait = new Duration[] {Duration.ZERO};
        restored.compute(new Account(userId, kind), (account, until) -> {
            var start = until == null || until.isBefore(now) ? now : until;
            var excess = Duration.between(now.plus(WINDOW), start.plus(share));
            wait[0] = excess.isPositive() ? excess : Duration.ZERO;
            return excess.isPositive() ? start : start.plus(share);
        });
        return wait[0];
    }

    private void forgetTheRested(Instant now) {
        if (restored.size() > CROWDED) {
            restored.values().removeIf(until -> until.isBefore(now));
        }
    }
}
