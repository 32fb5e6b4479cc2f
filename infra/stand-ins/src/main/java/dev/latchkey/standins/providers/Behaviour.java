package dev.latchkey.standins.providers;

import java.util.stream.Stream;

/**
 * How the stand-in treats a call, told by the key, so that every failure can be had on demand: a part of the key between
 * hyphens starts with the word, as in {@code sk-bad-0123}.
 */
enum Behaviour {
    REFUSE_KEY("bad"),
    RATE_LIMIT("ratelimited"),
    BREAK("broken"),
    ANSWER_LATE("slow"),
    HANG("hang"),
    ANSWER("");

    /** A key with this part too is fine when it is validated and shows its behaviour only in a chat. */
    private static final String ONLY_IN_CHAT = "later";

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

    private static boolean hasPart(String key, String word) {
        return Stream.of(key.split("-", -1)).anyMatch(part -> part.startsWith(word));
    }
}
