package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UuidSourceTest {
    @Test
    void startsWithTheMillisecondAndIsOfVersionSeven() {
        var now = Instant.parse("2026-01-02T03:04:05.678Z");

        var id = new UuidSource(() -> now, new Random(1)).next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
    }

    @Test
    void neverRepeatsItself() {
        var source = new UuidSource(() -> Instant.EPOCH, new Random(1));

        assertThat(source.next()).isNotEqualTo(source.next());
    }
}
