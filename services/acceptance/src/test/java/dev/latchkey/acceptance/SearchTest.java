package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tests that find nothing rely on. */
final class SearchTest {
    private static final int MEGABYTE = 1 << 20;

    private final Canary canary = Canary.of("sk-");
    private final Canary other = Canary.of("sk-");
    private final List<Canary> both = List.of(canary, other);

    @Test
    void findsEachEncodingOfEachCanary() {
        var texts = List.of(
                Haystack.of("plain", canary.key()),
                Haystack.of("wide", canary.key().getBytes(StandardCharsets.UTF_16)),
                Haystack.of("wide and turned", canary.key().getBytes(StandardCharsets.UTF_16LE)),
                Haystack.of("encoded", encoded("a " + canary.key())),
                Haystack.of("encoded one later", encoded("an " + canary.key())),
                Haystack.of("encoded two later", encoded("one " + canary.key())),
                Haystack.of("both", other.marker() + canary.marker()));

        assertThat(Search.findings(texts, both))
                .containsExactlyInAnyOrder(
                        "plain holds " + canary.key(),
                        "wide holds " + canary.key(),
                        "wide and turned holds " + canary.key(),
                        "encoded holds " + canary.key(),
                        "encoded one later holds " + canary.key(),
                        "encoded two later holds " + canary.key(),
                        "both holds " + canary.key(),
                        "both holds " + other.key());
    }

    @Test
    void findsNothingInWhatOnlyBeginsLikeACanary() {
        var begun = canary.marker().substring(0, canary.marker().length() - 1);
        var texts = List.of(Haystack.of("begun", begun + " " + begun + "_"), Haystack.of("empty", ""));

        assertThat(Search.findings(texts, both)).isEmpty();
    }

    /** Around the ends of what is read at once, and with nothing but zeros around it. */
    @ParameterizedTest
    @ValueSource(ints = {0, MEGABYTE - 300, MEGABYTE - 15, MEGABYTE - 1, MEGABYTE, 2 * MEGABYTE - 270, 5 * MEGABYTE})
    void findsACanaryAnywhereInALongFile(int place, @TempDir Path directory) throws Exception {
        byte[] marker = canary.marker().getBytes(StandardCharsets.UTF_8);
        byte[] zeros = new byte[5 * MEGABYTE + marker.length];
        System.arraycopy(marker, 0, zeros, place, marker.length);
        byte[] text = zeros.clone();
        Arrays.fill(text, 0, place, (byte) 'c');
        Arrays.fill(text, place + marker.length, text.length, (byte) 'c');
        var files = List.of(
                Haystack.of(Files.write(directory.resolve("zeros"), zeros)),
                Haystack.of(Files.write(directory.resolve("text"), text)));

        assertThat(Search.findings(files, both))
                .containsExactly(
                        directory.resolve("zeros") + " holds " + canary.key(),
                        directory.resolve("text") + " holds " + canary.key());
    }

    @Test
    void aFileThatIsGoneHoldsNothing(@TempDir Path directory) {
        assertThat(Search.findings(List.of(Haystack.of(directory.resolve("gone"))), both))
                .isEmpty();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
