package dev.latchkey.embedded.client;

import dev.latchkey.runtime.Json;
import dev.latchkey.standins.providers.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;

/** What the provider stand-in says it was called with. */
public final class ProviderCalls {
    private final URI calls;

    public ProviderCalls(URI standIn) {
        this.calls = standIn.resolve("/calls");
    }

    /** Chats paid with a key, the oldest first. */
    public List<Call> chatsWith(String key) {
        return callsWith(key).stream().filter(call -> !call.model().isEmpty()).toList();
    }

    private List<Call> callsWith(String key) {
        var address = URI.create(calls + "?key_fingerprint=" + Call.fingerprint(key));
        try (var in = address.toURL().openStream()) {
            return List.of(Json.MAPPER.readValue(in, Call[].class));
        } catch (IOException e) {
            throw new UncheckedIOException("the provider stand-in does not answer", e);
        }
    }
}
