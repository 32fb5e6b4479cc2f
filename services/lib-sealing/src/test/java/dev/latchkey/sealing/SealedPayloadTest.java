package dev.latchkey.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.runtime.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SealedPayloadTest {
    private static final UUID KEY_ID = UUID.fromString("018f0000-0000-7000-8000-0000000000d1");
    private static final DataKey KEY = new DataKey(new byte[32]);
    private static final PayloadSealer.Under UNDER = new PayloadSealer.Under(KEY_ID, KEY);
    private static final SealedField FIELD =
            new SealedField(UUID.randomUUID(), UUID.randomUUID(), SealedField.Name.TRADE_FILL);
    private static final byte[] PLAINTEXT = {1, 2, 3};

    private final PayloadSealer sealer = new PayloadSealer(new SecureRandom());

    /** Made by another implementation; others hold themselves against them. */
    static Stream<JsonNode> vectors() throws IOException {
        var file = Path.of("../../docs/sealed-payloads-vectors.json").toFile();
        return StreamSupport.stream(Json.MAPPER.readTree(file).spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void sealsAndOpensWhatThePublishedVectorsSay(JsonNode vector) {
        var under = new PayloadSealer.Under(uuid(vector, "keyId"), new DataKey(bytes(vector, "dataKey")));
        var field = new SealedField(uuid(vector, "userId"), uuid(vector, "eventId"), name(vector));

        var sealed =
                new PayloadSealer(alwaysGiving(bytes(vector, "nonce"))).seal(bytes(vector, "plaintext"), under, field);

        assertThat(hex(sealed)).isEqualTo(vector.path("sealed").asText());
        var payload = SealedPayload.parse(sealed).orElseThrow();
        assertThat(payload.keyId()).isEqualTo(under.keyId());
        assertThat(payload.open(under.key(), field)).contains(bytes(vector, "plaintext"));
    }

    @Test
    void opensForNoOtherUserEventOrField() {
        var payload = sealed();

        assertThat(payload.open(KEY, new SealedField(UUID.randomUUID(), FIELD.eventId(), FIELD.name())))
                .isEmpty();
        assertThat(payload.open(KEY, new SealedField(FIELD.userId(), UUID.randomUUID(), FIELD.name())))
                .isEmpty();
        assertThat(payload.open(KEY, new SealedField(FIELD.userId(), FIELD.eventId(), SealedField.Name.PROMPT_ANSWER)))
                .isEmpty();
    }

    @Test
    void opensUnderNoOtherKey() {
        byte[] other = new byte[32];
        other[31] = 1;

        assertThat(sealed().open(new DataKey(other), FIELD)).isEmpty();
    }

    /** The version is not among them: without it the bytes are no sealed payload at all. */
    @Test
    void opensNoMoreOnceAnyBitWasChanged() {
        byte[] sealed = sealer.seal(PLAINTEXT, UNDER, FIELD).array();

        for (int at = 1; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            var payload = SealedPayload.parse(ByteBuffer.wrap(changed)).orElseThrow();
            assertThat(payload.open(KEY, FIELD)).as("byte %d", at).isEmpty();
        }
    }

    @Test
    void isNothingThatIsTooShortOrOfAnotherVersion() {
        byte[] sealed = sealer.seal(new byte[0], UNDER, FIELD).array();
        byte[] ofAnotherVersion = sealed.clone();
        ofAnotherVersion[0] = 2;

        assertThat(SealedPayload.parse(ByteBuffer.wrap(sealed))).isPresent();
        assertThat(SealedPayload.parse(ByteBuffer.wrap(ofAnotherVersion))).isEmpty();
        assertThat(SealedPayload.parse(ByteBuffer.wrap(Arrays.copyOf(sealed, sealed.length - 1))))
                .isEmpty();
        assertThat(SealedPayload.parse(ByteBuffer.allocate(0))).isEmpty();
    }

    @Test
    void neverLooksTheSameTwice() {
        assertThat(hex(sealer.seal(PLAINTEXT, UNDER, FIELD))).isNotEqualTo(hex(sealer.seal(PLAINTEXT, UNDER, FIELD)));
    }

    private SealedPayload sealed() {
        return SealedPayload.parse(sealer.seal(PLAINTEXT, UNDER, FIELD)).orElseThrow();
    }

    private static SealedField.Name name(JsonNode vector) {
        return switch (vector.path("field").asText()) {
            case "prompt.messages" -> SealedField.Name.PROMPT_MESSAGES;
            case "prompt.answer" -> SealedField.Name.PROMPT_ANSWER;
            case "prompt.steps" -> SealedField.Name.PROMPT_STEPS;
            case "trade.fill" -> SealedField.Name.TRADE_FILL;
            default -> throw new IllegalArgumentException(vector.toString());
        };
    }

    @SuppressWarnings("serial")
    private static SecureRandom alwaysGiving(byte[] nonce) {
        return new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(nonce, 0, bytes, 0, bytes.length);
            }
        };
    }

    private static UUID uuid(JsonNode vector, String name) {
        return UUID.fromString(vector.path(name).asText());
    }

    private static byte[] bytes(JsonNode vector, String name) {
        return HexFormat.of().parseHex(vector.path(name).asText());
    }

    private static String hex(ByteBuffer bytes) {
        byte[] all = new byte[bytes.remaining()];
        bytes.duplicate().get(all);
        return HexFormat.of().formatHex(all);
    }
}
