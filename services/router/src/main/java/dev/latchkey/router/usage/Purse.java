package dev.latchkey.router.usage;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Knows what users have left of a day. */
@FunctionalInterface
public interface Purse {
    /** Why the user's prompts may not be put to the model now, in a sentence for the user; empty when they may. */
    Optional<String> refusal(UUID userId, ModelId model, Instant now);

    static Purse bottomless() {
        return (userId, model, now) -> Optional.empty();
    }
}
