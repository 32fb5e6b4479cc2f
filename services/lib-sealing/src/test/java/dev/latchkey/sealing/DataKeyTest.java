package dev.latchkey.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DataKeyTest {
    @Test
    void neverPrintsItself() {
        assertThat(key(7)).hasToString("DataKey[redacted]");
    }

    @Test
    void equalsTheSameBytesOnly() {
        assertThat(key(7)).isEqualTo(key(7)).hasSameHashCodeAs(key(7)).isNotEqualTo(key(8));
    }

    @Test
    void has32Bytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DataKey(new byte[16]))
                .withMessage("a data key has 32 bytes, not 16");
    }

    @Test
    void isGoneOnceWiped() {
        var key = key(7);
        var copy = key.copy();

        key.wipe();

        assertThat(copy).contains(key(7));
        assertThat(key.copy()).isEqualTo(Optional.empty());
        assertThatIllegalStateException().isThrownBy(key::secret);
    }

    private static DataKey key(int fill) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) fill;
        return new DataKey(bytes);
    }
}
