package dev.latchkey.sealing.caching;

import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import java.time.Duration;

/**
 * How much is remembered.
 *
 * @param entries keys at most; with 0 none is remembered
 * @param ttl how long after its opening a key is remembered at most
 */
public record CacheLimits(int entries, Duration ttl) {
    /** No worker remembers anything for longer, however it is set. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private static final String ENTRIES = "LATCHKEY_UNSEAL_CACHE_ENTRIES";
    private static final String TTL = "LATCHKEY_UNSEAL_CACHE_TTL";

    public CacheLimits {
        if (entries < 0) {
            throw new StartRefused("environment variable " + ENTRIES + " must be 0 or more, not " + entries);
        }
        if (!ttl.isPositive() || ttl.compareTo(LONGEST) > 0) {
            throw new StartRefused("environment variable " + TTL + " must be above zero and at most "
                    + LONGEST.toSeconds() + "s, not " + ttl);
        }
    }

    public static CacheLimits from(Settings settings) {
        return new CacheLimits(settings.number(ENTRIES, 1000), settings.duration(TTL, Duration.ofSeconds(30)));
    }
}
