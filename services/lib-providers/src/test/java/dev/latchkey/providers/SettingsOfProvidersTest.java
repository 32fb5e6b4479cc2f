package dev.latchkey.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.runtime.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsOfProvidersTest {
    @Test
    void pinsEveryDefault() {
        var settings = new Settings(Map.of());

        assertThat(ProviderUrls.from(settings))
                .isEqualTo(new ProviderUrls(
                        URI.create("https://api.openai.com"),
                        URI.create("https://generativelanguage.googleapis.com"),
                        URI.create("https://api.anthropic.com")));
        assertThat(AllowedOrigins.from(settings)).isEqualTo(AllowedOrigins.none());
    }

    @Test
    void pinsEveryName() {
        var settings = new Settings(Map.of(
                "LATCHKEY_OPENAI_BASE_URL", "http://o",
                "LATCHKEY_GEMINI_BASE_URL", "http://g",
                "LATCHKEY_ANTHROPIC_BASE_URL", "http://a",
                "LATCHKEY_BASE_URL_ALLOWLIST", "http://x:1, https://y,"));

        assertThat(ProviderUrls.from(settings))
                .isEqualTo(new ProviderUrls(URI.create("http://o"), URI.create("http://g"), URI.create("http://a")));
        assertThat(AllowedOrigins.from(settings)).isEqualTo(new AllowedOrigins(Set.of("http://x:1", "https://y")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://x:1/v1, true",
        "http://x:1, true",
        "https://x:1/v1, false",
        "http://x:2/v1, false",
        "http://x/v1, false",
        "http://x:1@evil.test/v1, false",
        "http://evil.test/http://x:1, false",
    })
    void allowsAnOriginAsAWhole(URI url, boolean allowed) {
        var origins = new AllowedOrigins(Set.of("http://x:1"));

        assertThat(origins.contains(url)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, OPENAI",
        "google, GOOGLE",
        "anthropic, ANTHROPIC",
        "openai-compatible, OPENAI_COMPATIBLE",
    })
    void knowsProvidersByTheirWireNames(String name, Provider provider) {
        assertThat(Provider.named(name)).contains(provider);
        assertThat(Provider.named("acme")).isEmpty();
    }
}
