package dev.latchkey.api.credentials;

import static dev.latchkey.api.Samples.KEY;
import static dev.latchkey.api.Samples.MORNING;
import static dev.latchkey.api.Samples.credential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CredentialTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final Credential registered = credential(1);

    @Test
    void isNoDefaultUntilItIsMadeOne() {
        var made = registered.madeDefault(new Revision(4, NOON));

        assertThat(registered.standing()).isEqualTo(new Standing(1, 0, false, true));
        assertThat(made.standing()).isEqualTo(new Standing(4, 4, true, true));
        assertThat(made.times()).isEqualTo(new Times(MORNING, MORNING, NOON));
    }

    @Test
    void losesItsKeyAndItsStandingWithItsLife() {
        var deleted = registered.madeDefault(new Revision(4, NOON)).deleted(new Revision(5, NOON));

        assertThat(deleted.standing()).isEqualTo(new Standing(5, 4, false, false));
        assertThat(deleted.key()).isEqualTo(new StoredKey(null, "latchkey", "sk-...wxyz", null));
    }

    @Test
    void staysDefaultWhenItsKeyIsRotated() {
        var newKey = new StoredKey("vault:v1:bmV3", "latchkey", "sk-...abcd", "vault:v1:aG1hYzI=");

        var rotated = registered.madeDefault(new Revision(4, NOON)).rotated(newKey, new Revision(5, NOON));

        assertThat(rotated.standing()).isEqualTo(new Standing(5, 4, true, true));
        assertThat(rotated.key()).isEqualTo(newKey);
        assertThat(rotated.times()).isEqualTo(new Times(NOON, MORNING, NOON));
    }

    @Test
    void canNotBeActiveWithoutKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credential(
                        registered.id(),
                        registered.userId(),
                        registered.model(),
                        KEY.wiped(),
                        registered.standing(),
                        registered.times()))
                .withMessage("a credential has a sealed key exactly while it is active");
    }

    @Test
    void canNotBeADefaultThatIsDeleted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Standing(2, 1, true, false))
                .withMessage("a default is active and was made default at some revision");
    }
}
