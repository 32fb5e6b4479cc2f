package dev.latchkey.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FakeVaultTest implements SealingContract, DataKeyContract {
    private final FakeVault vault = new FakeVault();

    @Override
    public Sealer sealer() {
        return vault;
    }

    @Override
    public Unsealer unsealer() {
        return vault;
    }

    @Override
    public DataKeyMaker maker() {
        return vault;
    }

    @Override
    public DataKeyOpener opener() {
        return vault;
    }

    @Override
    public void takeVaultAway() {
        vault.goAway();
    }

    @Test
    void worksAgainOnceItIsBack() {
        vault.goAway();
        vault.comeBack();

        var sealed = vault.seal(CANARY, OWNER);

        assertThat(vault.unseal(sealed, OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
    }

    @Test
    void opensWhatAnotherInstanceSealed() {
        var sealed = new FakeVault().seal(CANARY, OWNER);

        assertThat(vault.unseal(sealed, OWNER)).isEqualTo(new Unsealed.Opened(CANARY));
    }
}
