package dev.latchkey.standins.providers;

/** What the stand-in says, and what it would have charged for. */
record Answer(String model, String text, int promptTokens, int answerTokens) {
    int totalTokens() {
        return promptTokens + answerTokens;
    }

    /** The same for the same answer. */
    String id() {
        return Integer.toHexString(text.hashCode());
    }
}
