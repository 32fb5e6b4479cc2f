package dev.latchkey.providers;

import dev.latchkey.runtime.Settings;
import java.net.URI;

/** Where the named providers are, without version paths: the operator's choice. */
public record ProviderUrls(URI openAi, URI gemini, URI anthropic) {
    public static ProviderUrls from(Settings settings) {
        return new ProviderUrls(
                settings.uri("LATCHKEY_OPENAI_BASE_URL", URI.create("https://api.openai.com")),
                settings.uri("LATCHKEY_GEMINI_BASE_URL", URI.create("https://generativelanguage.googleapis.com")),
                settings.uri("LATCHKEY_ANTHROPIC_BASE_URL", URI.create("https://api.anthropic.com")));
    }
}
