package dev.latchkey.sealing;

import org.jspecify.annotations.Nullable;

/**
 * Where an API key may be sent.
 *
 * @param provider its name, such as {@code openai}
 * @param baseUrl where the provider is, if the credential says so; null where the operator does
 */
public record Destination(String provider, @Nullable String baseUrl) {
    private static final char END = '\n';

    /** What is sealed: the key cannot be read without the place that it is for. An API key has no line end. */
    String with(String key) {
        return text() + END + key;
    }

    /** The key in what was sealed; null when it was sealed for another place, or for none. */
    @Nullable String keyIn(String sealed) {
        int end = sealed.indexOf(END);
        return end >= 0 && sealed.substring(0, end).equals(text()) ? sealed.substring(end + 1) : null;
    }

    private String text() {
        return baseUrl == null ? provider : provider + " " + baseUrl;
    }
}
