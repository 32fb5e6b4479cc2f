package dev.latchkey.sealing.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sealing.DataKeyContract;
import dev.latchkey.sealing.DataKeyMaker;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.sealing.Unwrapped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CachingDataKeyOpenerTest implements DataKeyContract {
    private static final CacheLimits USUAL = new CacheLimits(1000, Duration.ofSeconds(60));

    private final FakeVault vault = new FakeVault();
    private final List<String> asked = new ArrayList<>();
    private final CachingDataKeyOpener opener = new CachingDataKeyOpener(this::ask, USUAL);
    private final String wrapped = vault.make(USER).ciphertext();

    @Override
    public DataKeyMaker maker() {
        return vault;
    }

    @Override
    public DataKeyOpener opener() {
        return opener;
    }

    @Override
    public void takeVaultAway() {
        vault.goAway();
        opener.forget(USER);
    }

    @Test
    void asksVaultOnceForAKeyThatIsUsedAndWipedAgainAndAgain() {
        var expected = vault.unwrap(wrapped, USER);
        for (int i = 0; i < 3; i++) {
            var unwrapped = opener.unwrap(wrapped, USER);
            assertThat(unwrapped).isEqualTo(expected);
            wipe(unwrapped);
        }

        assertThat(asked).containsExactly(wrapped);
    }

    @Test
    void holdsNothingOfAForgottenUser() {
        opener.unwrap(wrapped, USER);

        opener.forget(USER);

        assertThat(opener.size()).isZero();
    }

    @Test
    void remembersNothingOfAUserWhoWasForgottenWhileVaultWasAsked() {
        var slow = new CachingDataKeyOpener[1];
        slow[0] = new CachingDataKeyOpener(
                (text, userId) -> {
                    slow[0].forget(userId);
                    return vault.unwrap(text, userId);
                },
                USUAL);

        slow[0].unwrap(wrapped, USER);

        assertThat(slow[0].size()).isZero();
    }

    private Unwrapped ask(String text, UUID userId) {
        asked.add(text);
        return vault.unwrap(text, userId);
    }

    private static void wipe(Unwrapped unwrapped) {
        if (unwrapped instanceof Unwrapped.Opened(var key)) {
            key.wipe();
        }
    }
}
