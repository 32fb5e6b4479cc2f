package dev.latchkey.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SealedKeyTest {
    @ParameterizedTest
    @CsvSource({
        "vault:v1:bm9uY2U=, 1",
        "vault:v12:bm9uY2U=, 12",
        "fake:v1:x, 1",
        "vault:vX:x, 0",
        "vault:v1, 0",
        "vault:v9999999999:x, 0",
        "hello, 0"
    })
    void tellsTheVersionThatItIsSealedUnderIfItSays(String ciphertext, int version) {
        assertThat(SealedKey.versionOf(ciphertext)).isEqualTo(version);
    }
}
