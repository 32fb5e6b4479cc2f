package dev.latchkey.standins.transit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.latchkey.sealing.vault.VaultLogin.AppRole;
import dev.latchkey.sealing.vault.VaultLogin.SecretId;
import dev.latchkey.standins.local.Caller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    private static final Path SETUP = Path.of("../vault/setup.sh");

    @TempDir
    static Path directory;

    private static RealVault real;
    private static VaultServer.Ids ids;

    /** In between, so that a Vault that belongs to others can be taken away. */
    private final Relay relay = Relay.to(real.address());

    private final VaultServer vault = new VaultServer(relay.address(), ids);

    @BeforeAll
    static void prepare() throws IOException, InterruptedException {
        real = RealVault.find(directory).orElseGet(RealVaultContractTest::sayThatThereIsNone);
        var setup = setUp("latchkey");
        assertThat(setup.sentences()).last().asString().contains("secret-id");
        assertThat(setup.status()).isZero();
        ids = new VaultServer.Ids(
                real.rootToken(),
                Map.of(
                        Identity.API, idsOf("latchkey-api"),
                        Identity.WORKER, idsOf("latchkey-worker"),
                        Identity.PUBLISHER, idsOf("latchkey-publisher"),
                        Identity.ROTATOR, idsOf("latchkey-rotator")),
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

    private static RealVault sayThatThereIsNone() {
        var reason =
                "NOT RUN: the sealing contract on a real Vault, because none is named by LATCHKEY_TEST_VAULT_ADDR and"
                        + " _ROOT_TOKEN or by LATCHKEY_TEST_VAULT_SERVER, and there is none on the PATH or in Docker";
        System.err.println(reason);
        return abort(reason);
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
        assertThat(root().post("/v1/transit/keys/" + key, there).status()).isIn(200, 204);

        var setup = setUp(name);

        assertThat(setup.status()).isEqualTo(1);
        assertThat(setup.sentences())
                .last()
                .isEqualTo("setup: the key " + what + ". It was there before; name others with LATCHKEY_TRANSIT_KEY.");
    }

    private record Setup(int status, List<String> sentences) {}

    private static Setup setUp(String transitKey) throws IOException, InterruptedException {
        var setup = new ProcessBuilder("sh", SETUP.toString()).redirectErrorStream(true);
        setup.environment()
                .putAll(Map.of(
                        "VAULT_ADDR", real.address().toString(),
                        "VAULT_TOKEN", real.rootToken(),
                        "LATCHKEY_TRANSIT_KEY", transitKey));
        var process = setup.start();
        var sentences = process.inputReader().lines().toList();
        return new Setup(process.waitFor(), sentences);
    }

    private static AppRole brief() {
        int made = root().post(
                        "/v1/auth/approle/role/latchkey-brief",
                        "{\"token_policies\": [\"latchkey-worker\"], \"token_no_default_policy\": true,"
                                + " \"token_ttl\": \"2s\", \"token_max_ttl\": \"4s\"}")
                .status();
        assertThat(made).isEqualTo(204);
        return idsOf("latchkey-brief");
    }

    private static AppRole idsOf(String name) {
        var role = "/v1/auth/approle/role/" + name;
        var roleId = root().get(role + "/role-id").json().at("/data/role_id").asText();
        var secretId = root().post(role + "/secret-id", "{}")
                .json()
                .at("/data/secret_id")
                .asText();
        return new AppRole(roleId, new SecretId.Text(secretId));
    }

    private static Caller root() {
        return new Caller(real.address(), "X-Vault-Token", real.rootToken());
    }
}
