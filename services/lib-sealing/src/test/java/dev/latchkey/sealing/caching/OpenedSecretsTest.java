package dev.latchkey.sealing.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.sealing.ApiKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class OpenedSecretsTest {
    private static final String OWNER = "ada";
    private static final String CIPHERTEXT = "sealed";

    private long nanos;
    private final OpenedSecrets<String, String, ApiKey> opened =
            new OpenedSecrets<>(new CacheLimits(10, Duration.ofSeconds(30)), () -> nanos);

    @Test
    void remembersNoLongerThanItMayFromTheOpeningWhateverIsHeardOfTheOwner() {
        remember();
        var held = opened.held(OWNER);

        for (int i = 0; i < 6; i++) {
            pass(Duration.ofSeconds(5));
            opened.forget(OWNER, CIPHERTEXT::equals);
        }
        pass(Duration.ofSeconds(1));

        assertThat(opened.find(OWNER, CIPHERTEXT)).isEmpty();
        opened.forget(OWNER, CIPHERTEXT::equals);
        assertThatThrownBy(held::masked).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void remembersWhatIsStillGoodUpToItsTime() {
        remember();

        pass(Duration.ofSeconds(29));
        opened.forget(OWNER, CIPHERTEXT::equals);

        assertThat(opened.find(OWNER, CIPHERTEXT)).isPresent();
    }

    @Test
    void wipesAtOnceWhatIsGoodNoMore() {
        remember();
        var held = opened.held(OWNER);

        opened.forget(OWNER, "another"::equals);

        assertThat(opened.find(OWNER, CIPHERTEXT)).isEmpty();
        assertThatThrownBy(held::masked).isInstanceOf(IllegalStateException.class);
    }

    private void remember() {
        opened.remember(OWNER, CIPHERTEXT, new ApiKey("sk-ada-0123456789-wxyz"), opened.mark(OWNER));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
