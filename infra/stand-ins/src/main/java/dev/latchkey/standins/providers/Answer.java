package dev.latchkey.standins.providers;

import java.util.List;

/**
 * What the stand-in says, and what it would have charged for.
 *
 * @param text empty when there are tools to be used first
 */
record Answer(String model, String text, List<Use> uses, int promptTokens, int answerTokens) {
    Answer {
        uses = List.copyOf(uses);
    }

    int totalTokens() {
        return promptTokens + answerTokens;
    }

    /** The same for the same answer. */
    String id() {
        return Integer.toHexString(31 * text.hashCode() + uses.hashCode());
    }
}
