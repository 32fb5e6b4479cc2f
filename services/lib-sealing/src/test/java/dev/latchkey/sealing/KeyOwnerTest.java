package dev.latchkey.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

final class KeyOwnerTest {
    /** Pinned: another context would make every key that was ever sealed unreadable. */
    @Test
    void hasOneContextForAllTime() {
        var owner = new KeyOwner(
                UUID.fromString("018F0000-0000-7000-8000-00000000000A"),
                UUID.fromString("018F0000-0000-7000-8000-00000000000B"));

        assertThat(owner.context())
                .isEqualTo("018f0000-0000-7000-8000-00000000000a/018f0000-0000-7000-8000-00000000000b");
    }
}
