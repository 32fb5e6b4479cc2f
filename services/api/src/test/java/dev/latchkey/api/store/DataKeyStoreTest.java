package dev.latchkey.api.store;

import static dev.latchkey.api.Samples.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.UserDataKey;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.sealing.WrappedKey;
import java.util.List;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DataKeyStoreTest {
    private static final Database DATABASE = Database.open(Postgres.emptyDatabase());
    private static final WrappedKey FIRST = new WrappedKey("vault:v1:Zmlyc3Q=", "latchkey-data");
    private static final WrappedKey OTHER = new WrappedKey("vault:v1:b3RoZXI=", "latchkey-data");

    private final DataKeyStore store = new DataKeyStore(DATABASE, CLERK);
    private final Outbox outbox = new Outbox(DATABASE);
    private final UUID user = UUID.randomUUID();

    @BeforeEach
    void clear() {
        DATABASE.inTransaction(sql -> sql.update("DELETE FROM user_data_keys"));
        outbox.clear();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void keepsTheFirstKeyOfAUserAndTellsOfItOnce() {
        var first = store.keep(user, FIRST);
        var second = store.keep(user, OTHER);

        assertThat(first.isNew()).isTrue();
        assertThat(second).isEqualTo(new DataKeyStore.Kept(first.dataKey(), false));
        assertThat(store.find(user)).contains(first.dataKey());
        assertThat(outbox.dataKeys()).singleElement().satisfies(event -> {
            assertThat(event).isEqualTo(first.dataKey().changed(event.getEventId()));
            assertThat(event.getWrappedKey()).isEqualTo(FIRST.ciphertext());
        });
    }

    @Test
    void findsWhatAnOlderVersionWrappedInPortions() {
        var older = List.of(keep(FIRST), keep(FIRST), keep(FIRST));
        keep(new WrappedKey("vault:v12:bmV3", "latchkey-data"));

        var found = store.wrappedBelow(12, 2);

        assertThat(found).hasSize(2).isSubsetOf(older);
        assertThat(store.wrappedBelow(12, 100)).containsExactlyInAnyOrderElementsOf(older);
        assertThat(store.wrappedBelow(1, 100)).isEmpty();
    }

    @Test
    void replacesAWrappedKeyUnlessItIsAnotherByNow() {
        var before = keep(FIRST);
        var anew = new WrappedKey("vault:v2:YW5ldw==", "latchkey-data");

        assertThat(store.rewrap(before, anew)).isTrue();
        assertThat(store.rewrap(before, OTHER)).isFalse();

        assertThat(store.find(before.userId()).map(UserDataKey::wrapped)).contains(anew);
        assertThat(outbox.dataKeys())
                .extracting(DataKeyChanged::getKeyId, DataKeyChanged::getWrappedKey)
                .containsExactly(
                        Tuple.tuple(before.keyId(), FIRST.ciphertext()),
                        Tuple.tuple(before.keyId(), anew.ciphertext()));
    }

    private UserDataKey keep(WrappedKey wrapped) {
        return store.keep(UUID.randomUUID(), wrapped).dataKey();
    }
}
