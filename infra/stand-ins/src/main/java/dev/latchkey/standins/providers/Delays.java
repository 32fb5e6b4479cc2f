package dev.latchkey.standins.providers;

import java.time.Duration;

/**
 * How long a stand-in keeps its callers waiting.
 *
 * @param late before it answers a slow key
 * @param retryAfter what it tells a rate-limited key; whole seconds
 */
public record Delays(Duration late, Duration retryAfter) {
    public Delays {
        if (late.isNegative() || retryAfter.isNegative()) {
            throw new IllegalArgumentException("a delay is not negative, as " + late + " or " + retryAfter + " is");
        }
    }

    public static Delays usual() {
        return new Delays(Duration.ofSeconds(5), Duration.ofSeconds(2));
    }
}
