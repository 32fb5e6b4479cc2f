package dev.latchkey.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialState;
import dev.latchkey.schemas.PrivateFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The published vectors were made by another implementation. */
final class AuditChainTest {
    private static final UUID USER = id("0a");
    private static final Instant NOON = Instant.ofEpochSecond(1_795_518_000L, 1_000);

    private final CredentialAudited first = AuditChain.append(
            entry(1).setEventId(id("e1"))
                    .setCredentialId(id("c1"))
                    .setChange(CredentialChange.REGISTERED)
                    .setActor(USER.toString())
                    .setRequestId(id("f1").toString())
                    .setResult(AuditResult.SUCCEEDED)
                    .setAfter(new CredentialState(
                            "openai",
                            "gpt-4o-mini",
                            null,
                            "sk-...wxyz",
                            "vault:v1:aG1hYw==",
                            true,
                            true,
                            1L,
                            NOON,
                            null))
                    .setOccurredAt(NOON)
                    .build(),
            null);
    private final CredentialAudited second = AuditChain.append(
            entry(2).setEventId(id("e2"))
                    .setChange(CredentialChange.VALIDATED)
                    .setActor("Zoë \"Z\" \\ Ada")
                    .setRequestId("a\tb\nc\u0001d")
                    .setResult(AuditResult.REFUSED)
                    .setOccurredAt(Instant.ofEpochSecond(1_795_518_061L))
                    .build(),
            first.getHash());

    @Test
    void writesTheTextThatThePublishedVectorsSay() throws IOException {
        assertThat(AuditChain.canonical(first)).isEqualTo(published(0, "canonical"));
        assertThat(AuditChain.canonical(second)).isEqualTo(published(1, "canonical"));
    }

    @Test
    void hashesAndLinksAsThePublishedVectorsSay() throws IOException {
        assertThat(first.getHash()).isEqualTo(published(0, "hash"));
        assertThat(second.getHash()).isEqualTo(published(1, "hash"));
        assertThat(second.getPreviousHash()).isEqualTo(first.getHash());
    }

    @Test
    void hashesTheSameAfterTheEventHasTravelled() {
        var format = new PrivateFormat<>(CredentialAudited.class);

        var arrived = format.decode(format.encode(second));

        assertThat(AuditChain.hash(arrived)).isEqualTo(second.getHash());
    }

    /** Half a character is no UTF-8: Avro writes a question mark for it, and so does the hash. */
    @Test
    void hashesTheSameForWhatNoTopicCanCarry() {
        var broken = AuditChain.append(
                CredentialAudited.newBuilder(first).setActor("a\ud800").build(), null);
        var format = new PrivateFormat<>(CredentialAudited.class);

        var arrived = format.decode(format.encode(broken));

        assertThat(arrived.getActor()).isEqualTo("a?");
        assertThat(AuditChain.hash(arrived)).isEqualTo(broken.getHash());
    }

    private static CredentialAudited.Builder entry(long sequence) {
        return CredentialAudited.newBuilder()
                .setUserId(USER)
                .setSequence(sequence)
                .setRevision(1L);
    }

    private static UUID id(String end) {
        return UUID.fromString("018f0000-0000-7000-8000-0000000000" + end);
    }

    private static String published(int vector, String field) throws IOException {
        JsonNode vectors = new ObjectMapper()
                .readTree(Path.of("../docs/audit-format-vectors.json").toFile());
        return vectors.path(vector).path(field).asText();
    }
}
