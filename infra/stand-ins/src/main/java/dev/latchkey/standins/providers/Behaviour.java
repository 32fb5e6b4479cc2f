package dev.latchkey.standins.providers;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the stand-in treats a call, told by the key, so that every failure can be had on demand: a part of the key between
 * hyphens starts with the word, as in {@code sk-bad-0123}.
 */
enum Behaviour {
    REFUSE_KEY("bad"),
    REFUSE_CREDIT("quota"),
    RATE_LIMIT("ratelimited"),
    OVERLOAD("overloaded"),
    BREAK("broken"),
    /** The connection is closed without an answer. */
    CLOSE("reset"),
    /** The connection is closed in the middle of an answer that promised more. */
    ANSWER_BY_HALF("half"),
    /** A byte every 100 ms. */
    DRIP("drip"),
    ANSWER_LATE("slow"),
    HANG("hang"),
    ANSWER("");

    /** A key with this part too is fine when it is validated and shows its behaviour only in a chat. */
    private static final String ONLY_IN_CHAT = "later";

    /** A part such as {@code delay200}, in milliseconds. */
    private static final Pattern DELAY = Pattern.compile("delay(\\d{1,6})");

    private final String word;

    Behaviour(String word) {
        this.word = word;
    }

    static Behaviour of(String key, boolean inChat) {
        if (!inChat && hasPart(key, ONLY_IN_CHAT)) {
            return ANSWER;
        }
        return Stream.of(values())
                .filter(behaviour -> hasPart(key, behaviour.word))
                .findFirst()
                .orElse(ANSWER);
    }

    /** How long a chat with this key waits before anything else happens. */
    static Duration delayOf(String key) {
        return parts(key)
                .map(DELAY::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(part -> Duration.ofMillis(Long.parseLong(part.group(1))))
                .orElse(Duration.ZERO);
    }

    private static boolean hasPart(String key, String word) {
        return parts(key).anyMatch(part -> part.startsWith(word));
    }

    private static Stream<String> parts(String key) {
        return Stream.of(key.split("-", -1));
    }
}
