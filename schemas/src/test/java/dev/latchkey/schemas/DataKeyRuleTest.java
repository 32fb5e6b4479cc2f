package dev.latchkey.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.DataKeyChanged;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DataKeyRuleTest {
    private static final UUID USER = UUID.fromString("018f0000-0000-7000-8000-00000000000a");

    @Test
    void takesAKeyAndAForgottenUser() {
        assertThat(brokenBy(dataKey())).isEmpty();
        assertThat(brokenBy(dataKey().setKeyId(null).setWrappedKey(null))).isEmpty();
        assertThat(brokenBy(dataKey().setKeyId(null).setWrappedKey(null).setEncryptionKeyId(null)))
                .isEmpty();
    }

    @Test
    void namesTheBrokenRule() {
        assertThat(DataKeyRule.brokenBy("other", dataKey().build())).contains("the record key is the userId");
        assertThat(brokenBy(dataKey().setKeyId(null))).contains("keyId and wrappedKey are there together");
        assertThat(brokenBy(dataKey().setWrappedKey(null))).contains("keyId and wrappedKey are there together");
        assertThat(brokenBy(dataKey().setWrappedKey("")))
                .contains("a wrapped key has the name of the key that wrapped it");
        assertThat(brokenBy(dataKey().setEncryptionKeyId(null)))
                .contains("a wrapped key has the name of the key that wrapped it");
        assertThat(brokenBy(dataKey().setEncryptionKeyId("")))
                .contains("a wrapped key has the name of the key that wrapped it");
    }

    private static Optional<String> brokenBy(DataKeyChanged.Builder dataKey) {
        return DataKeyRule.brokenBy(USER.toString(), dataKey.build());
    }

    private static DataKeyChanged.Builder dataKey() {
        return DataKeyChanged.newBuilder()
                .setEventId(UUID.randomUUID())
                .setUserId(USER)
                .setKeyId(UUID.randomUUID())
                .setWrappedKey("vault:v1:d3JhcHBlZA==")
                .setEncryptionKeyId("latchkey-data")
                .setChangedAt(Instant.EPOCH);
    }
}
