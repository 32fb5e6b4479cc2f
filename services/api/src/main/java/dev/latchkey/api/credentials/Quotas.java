package dev.latchkey.api.credentials;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * How often each user may do what. A user who did nothing for an hour may use a whole hour's quota at once; what was
 * used comes back evenly over the hour.
 */
public record Quotas(Map<Kind, Integer> perHour) {
    /** What is counted together. */
    public enum Kind {
        WRITE,
        /** Apart from other writes: whoever has used those up can still take back a key that leaked. */
        DELETION,
        VALIDATION,
        READ,
        PROMPT,
        /** Apart from prompts: whoever has used those up can still stop what runs. */
        RUN_ORDER
    }

    public static final Duration WINDOW = Duration.ofHours(1);

    public Quotas {
        perHour = Map.copyOf(perHour);
    }

    /** After how long one of a kind has come back, in the precision of PostgreSQL. */
    public Duration share(Kind kind) {
        return WINDOW.dividedBy(perHour.getOrDefault(kind, 1)).truncatedTo(ChronoUnit.MICROS);
    }
}
