package dev.latchkey.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.events.Message;
import dev.latchkey.events.Role;
import dev.latchkey.schemas.SealedContents.Fill;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SealedContentsTest {
    private static final List<Message> MESSAGES = List.of(
            new Message(Role.SYSTEM, "Answer in one sentence."), new Message(Role.USER, "Was kostet ein Brötchen?"));
    private static final Fill FILL = new Fill(decimal("1.5"), decimal("42000.25"));

    @Test
    void writesAndReadsWhatThePublishedVectorsSay() throws IOException {
        assertThat(HexFormat.of().formatHex(SealedContents.messages(MESSAGES))).isEqualTo(published(0));
        assertThat(SealedContents.readMessages(HexFormat.of().parseHex(published(0))))
                .contains(MESSAGES);
        assertThat(HexFormat.of().formatHex(SealedContents.fill(FILL))).isEqualTo(published(2));
        assertThat(SealedContents.readFill(HexFormat.of().parseHex(published(2))))
                .contains(FILL);
    }

    static Stream<byte[]> nothingOfTheKind() {
        byte[] fill = SealedContents.fill(FILL);
        byte[] messages = SealedContents.messages(MESSAGES);
        return Stream.of(
                new byte[0],
                new byte[] {0x10, 1, 2},
                new byte[] {0, 0, 0},
                new byte[] {1, 1, 1, 1},
                Arrays.copyOf(fill, fill.length - 1),
                Arrays.copyOf(fill, fill.length + 1),
                Arrays.copyOf(messages, messages.length - 1),
                Arrays.copyOf(messages, messages.length + 1));
    }

    @ParameterizedTest
    @MethodSource("nothingOfTheKind")
    void readsNothingElse(byte[] bytes) {
        assertThat(SealedContents.readFill(bytes)).isEmpty();
        assertThat(SealedContents.readMessages(bytes)).isEmpty();
    }

    @Test
    void roundsNoFigure() {
        var fine = new Fill(new BigDecimal("0.0000000000000000001"), BigDecimal.ONE);

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> SealedContents.fill(fine));
    }

    private static String published(int vector) throws IOException {
        var file = Path.of("../docs/sealed-payloads-vectors.json").toFile();
        return new ObjectMapper().readTree(file).path(vector).path("plaintext").asText();
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text).setScale(18);
    }
}
