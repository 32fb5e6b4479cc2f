package dev.latchkey.providers;

import dev.latchkey.runtime.Settings;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Origins that a user's base URL may have although they are not public or not https.
 *
 * @param origins such as {@code http://models.internal:8000}
 */
public record AllowedOrigins(Set<String> origins) {
    public AllowedOrigins {
        origins = Set.copyOf(origins);
    }

    public static AllowedOrigins none() {
        return new AllowedOrigins(Set.of());
    }

    public static AllowedOrigins from(Settings settings) {
        return new AllowedOrigins(
                Stream.of(settings.text("LATCHKEY_BASE_URL_ALLOWLIST", "").split(","))
                        .map(String::strip)
                        .filter(origin -> !origin.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    public boolean contains(URI url) {
        return origins.contains(url.getScheme() + "://" + url.getRawAuthority());
    }
}
