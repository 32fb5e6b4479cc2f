package dev.latchkey.api.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.rewrap.Outcome;
import dev.latchkey.runtime.Figure;
import dev.latchkey.sealing.MasterKey.Versions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RewrapReportTest {
    private static final UUID ID = UUID.fromString("01900000-0000-7000-8000-0000000000c1");

    private final RewrapReport report = new RewrapReport("latchkey", KeyKind.CREDENTIALS);

    @Test
    void saysHowItEndedAndWhatToDo() {
        assertThat(report.sentence(new Outcome.Completed(100_000, new Versions(3, 1))))
                .isEqualTo("100,000 credentials sealed anew; of latchkey, nothing older than version 3 opens any more");
        assertThat(report.sentence(new Outcome.Elsewhere(2, new Versions(3, 1), 1)))
                .isEqualTo(
                        "2 credentials sealed anew; of latchkey, nothing older than version 3 opens any more. 1 credential"
                                + " under a master key of another name than latchkey can neither be opened nor be sealed anew while"
                                + " LATCHKEY_TRANSIT_KEY names this one.");
        assertThat(report.sentence(new Outcome.Unopenable(1, List.of(ID))))
                .isEqualTo(
                        "1 credential sealed anew; the ciphertexts of 1 credential do not open for their owners: " + ID
                                + ". They have to be registered again or deleted. Older versions still open; what is done stays"
                                + " done.");
        assertThat(report.sentence(new Outcome.Unpublished(5)))
                .isEqualTo("5 credentials sealed anew; then nothing was published for a while. Is the api running?"
                        + " Older versions still open; what is done stays done.");
        assertThat(report.sentence(new Outcome.Behind(0, 2)))
                .isEqualTo(
                        "0 credentials sealed anew; the topic credentials still has 2 credentials under older versions,"
                                + " though all events were taken: look at outbox_rejected. Older versions still open; what is done"
                                + " stays done.");
    }

    @Test
    void speaksOfDataKeysLikewise() {
        var ofDataKeys = new RewrapReport("latchkey-data", KeyKind.DATA_KEYS);

        assertThat(ofDataKeys.sentence(new Outcome.Completed(1, new Versions(2, 1))))
                .isEqualTo("1 data key sealed anew; of latchkey-data, nothing older than version 2 opens any more");
        assertThat(ofDataKeys.sentence(new Outcome.Unopenable(0, List.of(ID))))
                .contains("the ciphertexts of 1 data key do not open for their owners: " + ID)
                .contains("What was sealed under them is lost: forget their users.");
        assertThat(ofDataKeys.sentence(new Outcome.Behind(0, 2))).contains("the topic data-keys still has 2 data keys");
    }

    @Test
    void succeedsOnlyWhenOldVersionsAreRetired() {
        assertThat(RewrapReport.status(new Outcome.Completed(0, new Versions(1, 1))))
                .isZero();
        assertThat(Stream.of(
                                new Outcome.Elsewhere(1, new Versions(1, 1), 1),
                                new Outcome.Unopenable(1, List.of(ID)),
                                new Outcome.Unpublished(1),
                                new Outcome.Behind(1, 1))
                        .map(RewrapReport::status))
                .containsOnly(1);
    }

    @Test
    void namesTwentyOfManyAtMost() {
        var many = Stream.generate(() -> ID).limit(21).toList();

        assertThat(report.sentence(new Outcome.Unopenable(0, many))).containsOnlyOnce(ID + ", ...");
    }

    @Test
    void foretellsWhatThereIsToDo() {
        assertThat(report.foretold(2, new Versions(3, 1)))
                .isEqualTo("would seal 2 credentials anew under version 3 of latchkey, then let versions before it open"
                        + " nothing; now 1 and newer ones open");
        assertThat(report.foretold(0, new Versions(3, 3)))
                .isEqualTo(
                        "would seal 0 credentials anew under version 3 of latchkey; older versions open nothing already");
    }

    @Test
    void measuresRowsASecond() {
        assertThat(report.figures(
                        new Outcome.Completed(3_000, new Versions(2, 1)), new Versions(2, 2), Duration.ofMillis(1_500)))
                .containsExactly(
                        Figure.of("credentials rewrapped", 3_000L, "credentials"),
                        Figure.of("credentials seconds", 1.5, "s"),
                        Figure.of("credentials rate", 2_000L, "rows/s"),
                        Figure.of("credentials newest version", 2, "version"),
                        Figure.of("credentials oldest version that opens", 2, "version"));
    }
}
