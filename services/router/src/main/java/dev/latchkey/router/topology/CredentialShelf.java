package dev.latchkey.router.topology;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.router.defaults.Refusal;
import dev.latchkey.router.defaults.UserCredentials;
import dev.latchkey.router.runs.RefusedKey;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The credentials of users and which of their keys were refused, in two stores. */
public final class CredentialShelf {
    private static final StringSerializer KEYS = new StringSerializer();

    private final KeyValueStore<String, CredentialChanged> credentials;
    private final KeyValueStore<String, Refusal> refusals;

    CredentialShelf(KeyValueStore<String, CredentialChanged> credentials, KeyValueStore<String, Refusal> refusals) {
        this.credentials = credentials;
        this.refusals = refusals;
    }

    /** Without what was refused, which changes no default. */
    public static UserCredentials of(UUID userId, ReadOnlyKeyValueStore<String, CredentialChanged> credentials) {
        return new UserCredentials(byId(userId, credentials), Map.of());
    }

    UserCredentials find(UUID userId) {
        return new UserCredentials(byId(userId, credentials), byId(userId, refusals));
    }

    void put(CredentialChanged change) {
        credentials.put(key(change.getUserId(), change.getCredentialId()), change);
    }

    void refuse(UUID userId, RefusedKey refused) {
        var known = find(userId).refused(refused.credentialId(), refused.refusal());
        refusals.put(key(userId, refused.credentialId()), known.refusals().get(refused.credentialId()));
    }

    private static <V> Map<UUID, V> byId(UUID userId, ReadOnlyKeyValueStore<String, V> store) {
        var prefix = userId + "|";
        var found = new HashMap<UUID, V>();
        try (var entries = store.prefixScan(prefix, KEYS)) {
            entries.forEachRemaining(
                    entry -> found.put(UUID.fromString(entry.key.substring(prefix.length())), entry.value));
        }
        return found;
    }

    private static String key(UUID userId, UUID credentialId) {
        return userId + "|" + credentialId;
    }
}
