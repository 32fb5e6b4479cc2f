package dev.latchkey.providers.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a provider.
 *
 * @param headers hold the key
 * @param body JSON to post; null to get
 */
public record Question(
        URI url,
        Map<String, List<String>> headers,
        @Nullable String body) {
    public Question {
        headers = Map.copyOf(headers);
    }

    static Question get(URI url, Map<String, List<String>> headers) {
        return new Question(url, headers, null);
    }

    /** Without the headers, which hold the key, and the body, which is the user's. */
    @Override
    public String toString() {
        return "Question[url=" + url + "]";
    }
}
