package dev.latchkey.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.CredentialChanged;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CredentialRuleTest {
    private static final UUID CREDENTIAL = UUID.fromString("018f0000-0000-7000-8000-00000000000b");
    private static final String KEY = CREDENTIAL.toString();
    private static final String NO_KEY = "an active credential has a sealed key and the name of the key that sealed it";

    @Test
    void believesActiveAndDeletedCredentials() {
        var deleted =
                active().setRevision(4).setIsActive(false).setSealedKey(null).build();

        assertThat(CredentialRule.brokenBy(KEY, active().build())).isEmpty();
        assertThat(CredentialRule.brokenBy(KEY, deleted)).isEmpty();
        assertThat(CredentialRule.brokenBy(
                        KEY,
                        CredentialChanged.newBuilder(deleted)
                                .setEncryptionKeyId("")
                                .build()))
                .isEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("other", active(), "the record key is the credentialId"),
                Arguments.of(KEY, active().setRevision(0), "revision is at least 1"),
                Arguments.of(KEY, active().setDefaultRevision(-1), "defaultRevision is between 0 and revision"),
                Arguments.of(KEY, active().setDefaultRevision(4), "defaultRevision is between 0 and revision"),
                Arguments.of(KEY, active().setSealedKey(null), NO_KEY),
                Arguments.of(KEY, active().setSealedKey(""), NO_KEY),
                Arguments.of(KEY, active().setEncryptionKeyId(" "), NO_KEY));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void namesTheBrokenRule(String key, CredentialChanged.Builder change, String rule) {
        assertThat(CredentialRule.brokenBy(key, change.build())).contains(rule);
    }

    private static CredentialChanged.Builder active() {
        return CredentialChanged.newBuilder()
                .setEventId(UUID.fromString("018f0000-0000-7000-8000-000000000001"))
                .setCredentialId(CREDENTIAL)
                .setUserId(UUID.fromString("018f0000-0000-7000-8000-00000000000a"))
                .setRevision(3)
                .setDefaultRevision(3)
                .setProvider("openai")
                .setModelName("gpt-4o-mini")
                .setSealedKey("vault:v1:AAAA")
                .setEncryptionKeyId("default")
                .setMaskedKey("sk-...wxyz")
                .setIsActive(true)
                .setCreatedAt(Instant.EPOCH)
                .setChangedAt(Instant.EPOCH);
    }
}
