package dev.latchkey.agent.caching;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.BOB;
import static dev.latchkey.agent.Samples.CREDENTIAL;
import static dev.latchkey.agent.Samples.KEY_TEXT;
import static dev.latchkey.agent.Samples.OPENAI;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.deletedCredential;
import static dev.latchkey.agent.Samples.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Sealer;
import dev.latchkey.sealing.SealingContract;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import dev.latchkey.sealing.caching.CacheLimits;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CachingUnsealerTest implements SealingContract {
    private static final KeyOwner ADAS = new KeyOwner(ADA, CREDENTIAL, OPENAI);
    private static final CacheLimits USUAL = new CacheLimits(1000, Duration.ofSeconds(60));

    private final FakeVault vault = new FakeVault();
    private final List<SealedKey> asked = new ArrayList<>();
    private final List<ApiKey> opened = new ArrayList<>();
    private final CachingUnsealer unsealer = new CachingUnsealer(this::ask, USUAL);
    private final SealedKey sealed = new SealedKey(sealed(KEY_TEXT, ADA), FakeVault.KEY_ID);

    @Override
    public Sealer sealer() {
        return vault;
    }

    @Override
    public Unsealer unsealer() {
        return unsealer;
    }

    @Override
    public void takeVaultAway() {
        vault.goAway();
    }

    @Test
    void asksVaultOnceForWhatIsOpenedTwice() {
        unsealer.unseal(sealed, ADAS);

        assertThat(unsealer.unseal(sealed, ADAS)).isEqualTo(new Unsealed.Opened(new ApiKey(KEY_TEXT)));
        assertThat(asked).containsExactly(sealed);
    }

    @Test
    void opensNothingOutOfMemoryForAnotherUserOrAnotherCredential() {
        unsealer.unseal(sealed, ADAS);

        assertThat(unsealer.unseal(sealed, new KeyOwner(BOB, CREDENTIAL, OPENAI)))
                .isInstanceOf(Unsealed.Refused.class);
        assertThat(unsealer.unseal(sealed, new KeyOwner(ADA, UUID.randomUUID(), OPENAI)))
                .isInstanceOf(Unsealed.Refused.class);
    }

    @Test
    void opensNothingOutOfMemoryThatNamesAnotherMasterKey() {
        unsealer.unseal(sealed, ADAS);

        assertThat(unsealer.unseal(new SealedKey(sealed.ciphertext(), "another"), ADAS))
                .isInstanceOf(Unsealed.Refused.class);
    }

    @Test
    void survivesThatACallerWipesItsKey() {
        if (unsealer.unseal(sealed, ADAS) instanceof Unsealed.Opened(var key)) {
            key.wipe();
        }

        assertThat(unsealer.unseal(sealed, ADAS)).isEqualTo(new Unsealed.Opened(new ApiKey(KEY_TEXT)));
        assertThat(asked).hasSize(1);
    }

    @Test
    void forgetsADeletedCredential() {
        unsealer.unseal(sealed, ADAS);

        unsealer.changed(deletedCredential());

        assertThat(unsealer.size()).isZero();
        unsealer.unseal(sealed, ADAS);
        assertThat(asked).hasSize(2);
    }

    @Test
    void forgetsWhatWasSealedAnew() {
        unsealer.unseal(sealed, ADAS);

        unsealer.changed(credential().setSealedKey(sealed(KEY_TEXT, ADA)).build());

        assertThat(unsealer.size()).isZero();
    }

    @Test
    void remembersOnWhenSomethingElseOfTheCredentialChanges() {
        unsealer.unseal(sealed, ADAS);

        unsealer.changed(credential()
                .setSealedKey(sealed.ciphertext())
                .setModelName("gpt-5")
                .build());

        assertThat(unsealer.size()).isOne();
    }

    @Test
    void remembersNothingThatWasDeletedWhileVaultWasAsked() {
        var slow = new CachingUnsealer[1];
        slow[0] = new CachingUnsealer(
                (key, owner) -> {
                    var unsealed = vault.unseal(key, owner);
                    slow[0].changed(deletedCredential());
                    return unsealed;
                },
                USUAL);

        slow[0].unseal(sealed, ADAS);

        assertThat(slow[0].size()).isZero();
    }

    @Test
    void wipesItsOwnCopyWhenItForgets() {
        var copies = new CachingUnsealer(
                (_, _) -> {
                    var key = new ApiKey(KEY_TEXT);
                    opened.add(key);
                    return new Unsealed.Opened(key);
                },
                USUAL);
        copies.unseal(sealed, ADAS);
        var remembered = copies.remembered(ADAS);

        copies.changed(deletedCredential());

        assertThatThrownBy(remembered::masked).isInstanceOf(IllegalStateException.class);
        assertThat(opened.getFirst().masked()).isEqualTo("sk-...wxyz");
    }

    @Test
    void forgetsAndWipesWhenTheTimeIsOverEvenIfNobodyAsks() {
        var shortly = new CachingUnsealer(this::ask, new CacheLimits(1000, Duration.ofMillis(200)));
        shortly.unseal(sealed, ADAS);
        var remembered = shortly.remembered(ADAS);

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThatThrownBy(remembered::masked).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void holdsNoMoreThanItMay() {
        var small = new CachingUnsealer(this::ask, new CacheLimits(2, Duration.ofSeconds(60)));

        for (int i = 0; i < 50; i++) {
            var owner = new KeyOwner(ADA, UUID.randomUUID(), OPENAI);
            small.unseal(vault.seal(new ApiKey(KEY_TEXT), owner), owner);
        }

        assertThat(small.size()).isLessThanOrEqualTo(2);
    }

    @Test
    void holdsNothingWithoutEntries() {
        var none = new CachingUnsealer(this::ask, new CacheLimits(0, Duration.ofSeconds(60)));

        none.unseal(sealed, ADAS);
        none.unseal(sealed, ADAS);

        assertThat(asked).hasSize(2);
    }

    @Test
    void remembersNoRefusal() {
        unsealer.unseal(new SealedKey("fake:v1:AAAA", FakeVault.KEY_ID), ADAS);

        assertThat(unsealer.size()).isZero();
    }

    @Test
    void canNotBeSerialized() {
        unsealer.unseal(sealed, ADAS);

        assertThat(unsealer).isNotInstanceOf(Serializable.class);
        assertThat(unsealer.remembered(ADAS)).isNotInstanceOf(Serializable.class);
    }

    private Unsealed ask(SealedKey key, KeyOwner owner) {
        asked.add(key);
        return vault.unseal(key, owner);
    }
}
