package dev.latchkey.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyTest {
    @ParameterizedTest
    @CsvSource({
        "sk-proj-0123456789-wxyz, sk-...wxyz",
        "sk-ant-api03-abcdwxyz,   sk-...wxyz",
        "AIzaSyA-0123456789wxyz,  ...wxyz",
        "sk-456789012,            sk-...9012",
        "sk-45678901,             ...",
        "short,                   ..."
    })
    void showsItsLastFourCharactersUnlessItIsShort(String key, String masked) {
        assertThat(new ApiKey(key).masked()).isEqualTo(masked);
    }

    @Test
    void neverPrintsItself() {
        assertThat(new ApiKey("sk-canary-0123456789")).hasToString("ApiKey[redacted]");
    }

    @Test
    void equalsTheSameCharactersOnly() {
        var key = new ApiKey("sk-0123456789ab");

        assertThat(key).isEqualTo(new ApiKey("sk-0123456789ab")).hasSameHashCodeAs(new ApiKey("sk-0123456789ab"));
        assertThat(key).hasSameHashCodeAs(new ApiKey("no-hash-of-them"));
        assertThat(key).isNotEqualTo(new ApiKey("sk-0123456789aB")).isNotEqualTo(new ApiKey("sk-0123456789a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "sk-with space-0123", "sk-0123456789\r\nX-Evil: 1", "sk-ключ-0123456789", "sk-\u0000"})
    void isNothingThatCouldNotTravelInAHeader(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiKey(text))
                .withMessage("an API key is 1 to 4096 printable ASCII characters without spaces");
    }

    @Test
    void isAtMost4096CharactersLong() {
        assertThat(new ApiKey("k".repeat(4096)).masked()).isEqualTo("...kkkk");
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiKey("k".repeat(4097)));
    }

    @Test
    void isGoneOnceWiped() {
        var key = new ApiKey("sk-0123456789ab");

        key.wipe();

        assertThat(key).isNotEqualTo(new ApiKey("sk-0123456789ab"));
        assertThatIllegalStateException().isThrownBy(() -> key.reveal(Function.identity()));
        assertThatIllegalStateException().isThrownBy(key::masked);
    }
}
