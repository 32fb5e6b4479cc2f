package dev.latchkey.router.defaults;

import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.CredentialChanged;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefusalTest {
    @ParameterizedTest(name = "revision {0}, accepted {1} s after the refusal of revision 2: {2}")
    @CsvSource({
        "2, -10, true",
        "2, 10, true",
        "3, -10, true",
        "3, 0, true",
        "3, 1, false",
        "1, 10, true",
    })
    void concernsAKeyUntilANewerRevisionWasAcceptedLater(long revision, long seconds, boolean concerns) {
        var credentials = UserCredentials.none()
                .with(accepted(revision, NOW.plusSeconds(seconds)))
                .refused(id("a"), new Refusal(2, NOW));

        assertThat(credentials.isUnusable(id("a"))).isEqualTo(concerns);
    }

    @Test
    void concernsAKeyThatIsNotKnownToHaveBeenAccepted() {
        var credentials = UserCredentials.none().with(accepted(3, null)).refused(id("a"), new Refusal(2, NOW));

        assertThat(credentials.isUnusable(id("a"))).isTrue();
    }

    @Test
    void isTheSameInAnyOrder() {
        var mended = accepted(3, NOW.plusSeconds(5));
        var first = new Refusal(2, NOW);
        var second = new Refusal(1, NOW.plusSeconds(1));

        var one = UserCredentials.none().refused(id("a"), first).with(mended).refused(id("a"), second);
        var other = UserCredentials.none()
                .refused(id("a"), second)
                .refused(id("a"), first)
                .refused(id("a"), second)
                .with(mended);

        assertThat(one).isEqualTo(other);
        assertThat(one.isUnusable(id("a"))).isFalse();
    }

    @Test
    void leavesTheDefaultWhereItIs() {
        var credentials = UserCredentials.none().with(accepted(1, NOW));

        assertThat(credentials.refused(id("a"), new Refusal(1, NOW)).defaultModel())
                .isEqualTo(credentials.defaultModel())
                .isPresent();
    }

    private static CredentialChanged accepted(long revision, @Nullable Instant at) {
        return CredentialChanged.newBuilder(active("a", revision, 1))
                .setLastValidatedAt(at)
                .build();
    }
}
