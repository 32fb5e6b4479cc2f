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

        assertThat(registered.standing()).isEqualTo(new Standing(1, 0, 1, false, true));
        assertThat(made.standing()).isEqualTo(new Standing(4, 4, 1, true, true));
        assertThat(made.times()).isEqualTo(new Times(MORNING, null, MORNING, NOON));
    }

    @Test
    void losesItsKeyAndItsStandingWithItsLife() {
        var deleted = registered.madeDefault(new Revision(4, NOON)).deleted(new Revision(5, NOON));

        assertThat(deleted.standing()).isEqualTo(new Standing(5, 4, 1, false, false));
        assertThat(deleted.key()).isEqualTo(new StoredKey(null, "latchkey", "sk-...wxyz", null));
    }

    @Test
    void staysDefaultWhenItsKeyIsRotated() {
        var newKey = new StoredKey("vault:v1:bmV3", "latchkey", "sk-...abcd", "vault:v1:aG1hYzI=");

        var rotated = registered.madeDefault(new Revision(4, NOON)).rotated(newKey, new Revision(5, NOON));

        assertThat(rotated.standing()).isEqualTo(new Standing(5, 4, 5, true, true));
        assertThat(rotated.key()).isEqualTo(newKey);
        assertThat(rotated.times()).isEqualTo(new Times(NOON, null, MORNING, NOON));
    }

    @Test
    void keepsItsKeyWhateverElseChangesAndWhenItIsSealedAnew() {
        var changed = registered
                .madeDefault(new Revision(2, NOON))
                .validated(new Revision(3, NOON))
                .renamed("gpt-5", new Revision(4, NOON))
                .rewrapped("vault:v2:YW5ldw==", "vault:v1:aG1hYzI=", new Revision(5, NOON));

        assertThat(changed.standing()).isEqualTo(new Standing(5, 2, 1, true, true));
        assertThat(changed.hasKeyOf(1)).isTrue();
        assertThat(changed.rotated(KEY, new Revision(6, NOON)).hasKeyOf(5)).isFalse();
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
                .isThrownBy(() -> new Standing(2, 1, 1, true, false))
                .withMessage("a default is active and was made default at some revision");
    }

    @Test
    void canNotHaveGotItsKeyLaterThanItChanged() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Standing(2, 0, 3, false, true))
                .withMessage("1 <= keyRevision <= revision, not 3 and 2");
    }
}
