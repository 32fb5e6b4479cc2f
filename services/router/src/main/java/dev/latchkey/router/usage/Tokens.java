package dev.latchkey.router.usage;

import org.jspecify.annotations.Nullable;

/** What a question to a model took, as the provider counts; null where it does not say. */
public record Tokens(@Nullable Long prompt, @Nullable Long completion) {
    public Tokens {
        if (negative(prompt) || negative(completion)) {
            throw new IllegalArgumentException("tokens are not negative, as " + prompt + " or " + completion + " is");
        }
    }

    long promptOrNone() {
        return prompt == null ? 0 : prompt;
    }

    long completionOrNone() {
        return completion == null ? 0 : completion;
    }

    boolean areKnown() {
        return prompt != null && completion != null;
    }

    private static boolean negative(@Nullable Long count) {
        return count != null && count < 0;
    }
}
