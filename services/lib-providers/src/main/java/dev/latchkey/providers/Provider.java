package dev.latchkey.providers;

import java.util.Arrays;
import java.util.Optional;

/** Who serves models. */
public enum Provider {
    OPENAI("openai"),
    GOOGLE("google"),
    ANTHROPIC("anthropic"),
    /** Anybody who speaks OpenAI's protocol, at a base URL that comes with the credential. */
    OPENAI_COMPATIBLE("openai-compatible");

    private final String wireName;

    Provider(String wireName) {
        this.wireName = wireName;
    }

    /** The name in requests, tables and events. */
    public String wireName() {
        return wireName;
    }

    public static Optional<Provider> named(String name) {
        return Arrays.stream(values())
                .filter(provider -> provider.wireName.equals(name))
                .findFirst();
    }
}
