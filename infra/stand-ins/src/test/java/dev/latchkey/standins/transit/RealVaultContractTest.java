package dev.latchkey.standins.transit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sealing.vault.VaultLogin.AppRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Vault or an OpenBao that infra/vault/setup.sh prepares, as an operator would, when there is one. */
@SuppressWarnings("NullAway.Init")
final class RealVaultContractTest implements VaultContract {
    @TempDir
    static Path directory;

    private static RealVault real;
    private static VaultServer.Ids ids;

    /** In between, so that a Vault that belongs to others can be taken away. */
    private final Relay relay = Relay.to(real.address());

    private final VaultServer vault = new VaultServer(relay.address(), ids);

    @BeforeAll
    static void prepare() throws IOException, InterruptedException {
        real = RealVault.require("the sealing contract on a real Vault", directory);
        var setup = real.setUp("latchkey");
        assertThat(setup.sentences()).last().asString().contains("secret-id");
        assertThat(setup.status()).isZero();
        ids = new VaultServer.Ids(
                real.rootToken(),
                Map.of(
                        Identity.API, real.role("latchkey-api"),
                        Identity.WORKER, real.role("latchkey-worker"),
                        Identity.PUBLISHER, real.role("latchkey-publisher"),
                        Identity.ROTATOR, real.role("latchkey-rotator")),
                brief(),
                real.unsealKey());
    }

    @AfterAll
    static void end() {
        if (real != null) {
            real.close();
        }
    }

    @Override
    public VaultServer vault() {
        return vault;
    }

    @Override
    @AfterEach
    public void takeVaultAway() {
        relay.close();
    }

    /** Vault says that all is well when it is asked for a derived key where another is. */
    @ParameterizedTest
    @CsvSource({
        "plain, plain, false, 'plain is not derived: what it seals would open for anybody'",
        "bare, bare-data, false, 'bare-data is not derived: what it seals would open for anybody'",
        "odd, odd-fingerprint, true, 'odd-fingerprint is derived, and fingerprints can not be made with it'",
    })
    void isNotSetUpOverAKeyOfAnotherKind(String name, String key, boolean derived, String what) throws Exception {
        var there = "{\"type\": \"aes256-gcm96\", \"derived\": " + derived + "}";
        assertThat(real.root().post("/v1/transit/keys/" + key, there).status()).isIn(200, 204);

        var setup = real.setUp(name);

        assertThat(setup.status()).isEqualTo(1);
        assertThat(setup.sentences())
                .last()
                .isEqualTo("setup: the key " + what + ". It was there before; name others with LATCHKEY_TRANSIT_KEY.");
    }

    private static AppRole brief() {
        int made = real.root()
                .post(
                        "/v1/auth/approle/role/latchkey-brief",
                        "{\"token_policies\": [\"latchkey-worker\"], \"token_no_default_policy\": true,"
                                + " \"token_ttl\": \"2s\", \"token_max_ttl\": \"4s\"}")
                .status();
        assertThat(made).isEqualTo(204);
        return real.role("latchkey-brief");
    }
}
