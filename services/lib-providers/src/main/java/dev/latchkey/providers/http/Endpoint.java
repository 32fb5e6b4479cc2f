package dev.latchkey.providers.http;

import java.net.URI;

/**
 * Where a provider is asked.
 *
 * @param base with the version path and without a slash at its end
 * @param web the way there
 */
public record Endpoint(Protocol protocol, URI base, Web web) {
    /** What a provider speaks. */
    public enum Protocol {
        OPENAI,
        GEMINI,
        ANTHROPIC
    }

    public Endpoint {
        base = URI.create(base.toString().replaceFirst("/+$", ""));
    }

    static Endpoint versioned(Protocol protocol, URI base, String version, Web web) {
        return new Endpoint(protocol, URI.create(base.toString().replaceFirst("/+$", "") + version), web);
    }
}
