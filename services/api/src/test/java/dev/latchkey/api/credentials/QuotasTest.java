package dev.latchkey.api.credentials;

import static dev.latchkey.api.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class QuotasTest {
    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();

    private Instant now = MORNING;
    private final Quotas quotas = new Quotas(Map.of(Quotas.Kind.WRITE, 2, Quotas.Kind.READ, 1), () -> now);

    @Test
    void saysHowLongToWaitOnceAnHoursQuotaIsUsed() {
        assertThat(quotas.take(ANNA, Quotas.Kind.WRITE)).isZero();
        assertThat(quotas.take(ANNA, Quotas.Kind.WRITE)).isZero();

        assertThat(quotas.take(ANNA, Quotas.Kind.WRITE)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void givesBackEvenlyOverTheHour() {
        quotas.take(ANNA, Quotas.Kind.WRITE);
        quotas.take(ANNA, Quotas.Kind.WRITE);

        now = MORNING.plus(Duration.ofMinutes(30));

        assertThat(quotas.take(ANNA, Quotas.Kind.WRITE)).isZero();
        assertThat(quotas.take(ANNA, Quotas.Kind.WRITE)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void countsUsersAndKindsApart() {
        quotas.take(ANNA, Quotas.Kind.READ);

        assertThat(quotas.take(ANNA, Quotas.Kind.READ)).isEqualTo(Duration.ofHours(1));
        assertThat(quotas.take(ANNA, Quotas.Kind.WRITE)).isZero();
        assertThat(quotas.take(BEN, Quotas.Kind.READ)).isZero();
    }
}
