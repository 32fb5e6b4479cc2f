package dev.latchkey.api.keys;

import dev.latchkey.api.outbox.SealedTopic;
import java.util.Locale;

/**
 * What a master key seals, in the words of its operators, and where everybody hears of it.
 *
 * @param remedy what to do about keys that do not open
 */
record KeyKind(String one, SealedTopic<?> topic, String remedy) {
    static final KeyKind CREDENTIALS =
            new KeyKind("credential", SealedTopic.CREDENTIALS, "They have to be registered again or deleted.");
    static final KeyKind DATA_KEYS =
            new KeyKind("data key", SealedTopic.DATA_KEYS, "What was sealed under them is lost: forget their users.");

    String many() {
        return one + "s";
    }

    String count(long keys) {
        return String.format(Locale.ROOT, "%,d %s", keys, keys == 1 ? one : many());
    }
}
