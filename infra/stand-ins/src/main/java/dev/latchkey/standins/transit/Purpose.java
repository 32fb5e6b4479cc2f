package dev.latchkey.standins.transit;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a transit key is for. The policies name Latchkey's three, so that others stay out of reach. */
enum Purpose {
    API_KEYS(""),
    DATA_KEYS("-data"),
    FINGERPRINTS("-fingerprint"),
    NONE_OF_OURS(null);

    private final @Nullable String suffix;

    Purpose(@Nullable String suffix) {
        this.suffix = suffix;
    }

    static Purpose of(String keyName, String transitKey) {
        return Stream.of(values())
                .filter(purpose ->
                        purpose.keyName(transitKey).filter(keyName::equals).isPresent())
                .findFirst()
                .orElse(NONE_OF_OURS);
    }

    /** Empty when the key is none of ours. */
    Optional<String> keyName(String transitKey) {
        return Optional.ofNullable(suffix).map(end -> transitKey + end);
    }

    /** Whether every context has a key of its own. */
    boolean isDerived() {
        return this != FINGERPRINTS;
    }
}
