package dev.latchkey.api.store;

import static dev.latchkey.api.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Quotas;
import dev.latchkey.api.credentials.Quotas.Kind;
import dev.latchkey.api.postgres.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class QuotaStoreTest {
    private static final Database DATABASE = Database.open(Postgres.emptyDatabase());

    private final UUID anna = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();
    private Instant now = MORNING;
    private final QuotaStore quotas = another();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void saysHowLongToWaitOnceAnHoursQuotaIsUsed() {
        assertThat(quotas.take(anna, Kind.WRITE)).isZero();
        assertThat(quotas.take(anna, Kind.WRITE)).isZero();

        assertThat(quotas.take(anna, Kind.WRITE)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void givesBackEvenlyOverTheHour() {
        quotas.take(anna, Kind.WRITE);
        quotas.take(anna, Kind.WRITE);

        now = MORNING.plus(Duration.ofMinutes(30));

        assertThat(quotas.take(anna, Kind.WRITE)).isZero();
        assertThat(quotas.take(anna, Kind.WRITE)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void givesNoMoreThanAWholeQuotaToOneWhoWasAwayForLong() {
        quotas.take(anna, Kind.WRITE);

        now = MORNING.plus(Duration.ofDays(7));

        assertThat(quotas.take(anna, Kind.WRITE)).isZero();
        assertThat(quotas.take(anna, Kind.WRITE)).isZero();
        assertThat(quotas.take(anna, Kind.WRITE)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void takesNothingFromOneWhoComesTooOften() {
        quotas.take(anna, Kind.WRITE);
        quotas.take(anna, Kind.WRITE);
        quotas.take(anna, Kind.WRITE);

        now = MORNING.plus(Duration.ofMinutes(29));

        assertThat(quotas.take(anna, Kind.WRITE)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void countsUsersAndKindsApart() {
        quotas.take(anna, Kind.READ);

        assertThat(quotas.take(anna, Kind.READ)).isEqualTo(Duration.ofHours(1));
        assertThat(quotas.take(anna, Kind.WRITE)).isZero();
        assertThat(quotas.take(ben, Kind.READ)).isZero();
    }

    /** Other instances of the api have stores of their own, and so has the same one after a restart. */
    @Test
    void isOneQuotaHoweverManyInstancesAreAsked() {
        quotas.take(anna, Kind.WRITE);
        another().take(anna, Kind.WRITE);

        assertThat(another().take(anna, Kind.WRITE)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void letsInNoMoreOfThoseWhoComeAtOnce() throws Exception {
        Callable<Duration> take = () -> another().take(anna, Kind.PROMPT);
        var waits = new ArrayList<Duration>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var wait : threads.invokeAll(Collections.nCopies(60, take))) {
                waits.add(wait.get());
            }
        }

        assertThat(waits).filteredOn(Duration::isZero).hasSize(20);
        assertThat(waits).filteredOn(wait -> !wait.isZero()).hasSize(40).containsOnly(Duration.ofMinutes(3));
    }

    private QuotaStore another() {
        var perHour = Map.of(Kind.WRITE, 2, Kind.READ, 1, Kind.PROMPT, 20);
        return new QuotaStore(DATABASE, new Quotas(perHour), () -> now);
    }
}
