package dev.latchkey.sealing.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sealing.DataKeyContract;
import dev.latchkey.sealing.DataKeyMaker;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.WrappedKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CachingDataKeyOpenerTest implements DataKeyContract {
    private static final CacheLimits USUAL = new CacheLimits(1000, Duration.ofSeconds(60));

    private final FakeVault vault = new FakeVault();
    private final List<WrappedKey> asked = new ArrayList<>();
    private final CachingDataKeyOpener opener = new CachingDataKeyOpener(this::ask, USUAL);
    private final WrappedKey wrapped = vault.make(USER);

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
                (key, userId) -> {
                    slow[0].forget(userId);
                    return vault.unwrap(key, userId);
                },
                USUAL);

        slow[0].unwrap(wrapped, USER);

        assertThat(slow[0].size()).isZero();
    }

    private Unwrapped ask(WrappedKey key, UUID userId) {
        asked.add(key);
        return vault.unwrap(key, userId);
    }

    private static void wipe(Unwrapped unwrapped) {
        if (unwrapped instanceof Unwrapped.Opened(var key)) {
            key.wipe();
        }
    }
}
