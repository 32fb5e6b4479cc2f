package dev.latchkey.agent.answering;

import dev.latchkey.sealing.ApiKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One question to one model, with the key that pays for it and how long to wait for the answer. */
public record ChatCall(Model model, Conversation conversation, ApiKey key, Duration patience) {
    /**
     * A model of a provider.
     *
     * @param provider name of the provider, such as {@code openai}
     * @param baseUrl where an openai-compatible provider is, with its version path; null for the named providers
     */
    public record Model(
            String provider, String name, @Nullable String baseUrl) {}

    public ChatCall {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("the patience of a call is positive, not " + patience);
        }
    }
}
