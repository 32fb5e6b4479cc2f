package dev.latchkey.router.topology;

import dev.latchkey.events.CredentialChanged;
import dev.latchkey.router.defaults.UserCredentials;
import java.util.HashMap;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The credentials of users, in a store. */
public final class CredentialShelf {
    private static final StringSerializer KEYS = new StringSerializer();

    private CredentialShelf() {}

    public static UserCredentials of(UUID userId, ReadOnlyKeyValueStore<String, CredentialChanged> store) {
        var newest = new HashMap<UUID, CredentialChanged>();
        try (var entries = store.prefixScan(userId + "|", KEYS)) {
            entries.forEachRemaining(entry -> newest.put(entry.value.getCredentialId(), entry.value));
        }
        return new UserCredentials(newest);
    }

    static void put(CredentialChanged change, KeyValueStore<String, CredentialChanged> store) {
        store.put(change.getUserId() + "|" + change.getCredentialId(), change);
    }
}
