package dev.latchkey.agent.sharing;

import dev.latchkey.events.AgentTask;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What hangs, when it hangs, for all who ask it.
 *
 * @param origin of the user's base URL; empty for the provider's own
 */
record Server(String provider, String origin) {
    static Server of(AgentTask task) {
        return new Server(task.getProvider(), origin(task.getBaseUrl()));
    }

    /** A base URL that is none is refused before a call: until then its text is as good as any. */
    private static String origin(@Nullable String baseUrl) {
        if (baseUrl == null) {
            return "";
        }
        try {
            var url = URI.create(baseUrl);
            return (url.getScheme() + "://" + url.getHost() + ":" + url.getPort()).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return baseUrl;
        }
    }
}
