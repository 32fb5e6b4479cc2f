package dev.latchkey.agent.checking;

import dev.latchkey.providers.Verdict;
import dev.latchkey.sealing.ApiKey;
import org.jspecify.annotations.Nullable;

/** Asks a provider whether it accepts a key. */
@FunctionalInterface
public interface KeyCheck {
    /** Where a key is used, as its credential says. */
    record Place(String provider, @Nullable String baseUrl) {}

    Verdict check(ApiKey key, Place place) throws InterruptedException;
}
