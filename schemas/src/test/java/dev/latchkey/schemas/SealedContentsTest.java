package dev.latchkey.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.events.Message;
import dev.latchkey.events.Role;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolResult;
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

    private static final List<StepMade> STEPS = List.of(new StepMade(
            "Ich sehe nach, ob Brötchen teurer wurden.",
            List.of(
                    new ToolCall("call-1", "price", """
                            {"symbol":"BROT-EUR"}""", "c2lnbmVk"),
                    new ToolCall("call-2", "propose_order", """
                            {"symbol":"BROT-EUR","side":"buy","quantity":"12","limit_price":"0.45"}""", null)),
            List.of(new ToolResult("call-1", """
                    {"price":"0.450000000000000000"}"""))));

    @Test
    void writesAndReadsWhatThePublishedVectorsSay() throws IOException {
        assertThat(HexFormat.of().formatHex(SealedContents.messages(MESSAGES))).isEqualTo(published(0));
        assertThat(SealedContents.readMessages(HexFormat.of().parseHex(published(0))))
                .contains(MESSAGES);
        assertThat(HexFormat.of().formatHex(SealedContents.fill(FILL))).isEqualTo(published(2));
        assertThat(SealedContents.readFill(HexFormat.of().parseHex(published(2))))
                .contains(FILL);
        assertThat(HexFormat.of().formatHex(SealedContents.steps(STEPS))).isEqualTo(published(4));
        assertThat(SealedContents.readSteps(HexFormat.of().parseHex(published(4))))
                .contains(STEPS);
    }

    static Stream<byte[]> nothingOfTheKind() {
        byte[] fill = SealedContents.fill(FILL);
        byte[] messages = SealedContents.messages(MESSAGES);
        byte[] steps = SealedContents.steps(STEPS);
        return Stream.of(
                new byte[0],
                new byte[] {0x10, 1, 2},
                new byte[] {0, 0, 0},
                new byte[] {1, 1, 1, 1},
                Arrays.copyOf(fill, fill.length - 1),
                Arrays.copyOf(fill, fill.length + 1),
                Arrays.copyOf(messages, messages.length - 1),
                Arrays.copyOf(messages, messages.length + 1),
                Arrays.copyOf(steps, steps.length - 1),
                Arrays.copyOf(steps, steps.length + 1));
    }

    @ParameterizedTest
    @MethodSource("nothingOfTheKind")
    void readsNothingElse(byte[] bytes) {
        assertThat(SealedContents.readFill(bytes)).isEmpty();
        assertThat(SealedContents.readMessages(bytes)).isEmpty();
        assertThat(SealedContents.readSteps(bytes)).isEmpty();
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
