package dev.latchkey.api.store;

import static dev.latchkey.api.Samples.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.sealing.WrappedKey;
import java.util.UUID;
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
        DATABASE.inTransaction(sql -> sql.update("DELETE FROM sealing_floor"));
        outbox.clear();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void keepsTheFirstKeyOfAUserAndTellsOfItOnce() {
        var first = keep(FIRST);
        var second = keep(OTHER);

        assertThat(first.isNew()).isTrue();
        assertThat(second).isEqualTo(new DataKeyStore.Kept.Present(first.dataKey(), false));
        assertThat(store.find(user)).contains(first.dataKey());
        assertThat(outbox.dataKeys()).singleElement().satisfies(event -> {
            assertThat(event).isEqualTo(first.dataKey().changed(event.getEventId()));
            assertThat(event.getWrappedKey()).isEqualTo(FIRST.ciphertext());
        });
    }

    @Test
    void keepsNoKeyThatOpensNothingAnyMore() {
        var users = KeysByVersion.ofDataKeys(DATABASE, CLERK, FIRST.encryptionKeyId());
        users.acceptNoneBelow(2);

        assertThat(store.keep(user, FIRST)).isEqualTo(new DataKeyStore.Kept.Outdated());
        assertThat(store.find(user)).isEmpty();
        assertThat(outbox.dataKeys()).isEmpty();
        assertThat(store.keep(user, new WrappedKey("vault:v2:bmV3", "latchkey-data")))
                .isInstanceOf(DataKeyStore.Kept.Present.class);
    }

    private DataKeyStore.Kept.Present keep(WrappedKey wrapped) {
        return (DataKeyStore.Kept.Present) store.keep(user, wrapped);
    }
}
