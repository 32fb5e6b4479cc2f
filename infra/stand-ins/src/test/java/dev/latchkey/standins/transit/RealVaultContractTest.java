package dev.latchkey.standins.transit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.standins.local.Caller;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A Vault or an OpenBao that infra/vault/setup.sh prepares, when there is one. */
@EnabledIfEnvironmentVariable(
        named = "LATCHKEY_TEST_VAULT_ADDR",
        matches = ".+",
        disabledReason = "NOT RUN: no real Vault was tested; LATCHKEY_TEST_VAULT_ADDR and _ROOT_TOKEN name one")
final class RealVaultContractTest implements VaultContract {
    private static final Path SETUP = Path.of("../vault/setup.sh");
    private static final Map<Identity, String> TOKENS = new EnumMap<>(Identity.class);

    /** In between, so that a Vault that belongs to others can be taken away. */
    private final Relay relay = Relay.to(address());

    @BeforeAll
    static void prepare() throws IOException, InterruptedException {
        var setup = new ProcessBuilder("sh", SETUP.toString()).redirectErrorStream(true);
        setup.environment().putAll(Map.of("VAULT_ADDR", address().toString(), "VAULT_TOKEN", rootToken()));
        var process = setup.start();
        assertThat(process.inputReader().lines()).last().asString().contains("role_id");
        assertThat(process.waitFor()).isZero();
        for (var identity : List.of(Identity.API, Identity.WORKER, Identity.ROTATOR)) {
            TOKENS.put(identity, tokenOf(identity));
        }
    }

    @Override
    public VaultServer vault() {
        return new VaultServer(relay.address(), TOKENS);
    }

    @Override
    @AfterEach
    public void takeVaultAway() {
        relay.close();
    }

    /** Logs in the way a service does: with the ids of its AppRole. */
    private static String tokenOf(Identity identity) {
        var root = new Caller(address(), "X-Vault-Token", rootToken());
        var role = "/v1/auth/approle/role/latchkey-" + identity.name().toLowerCase(Locale.ROOT);
        var roleId = root.get(role + "/role-id").json().at("/data/role_id").asText();
        var secretId = root.post(role + "/secret-id", "{}")
                .json()
                .at("/data/secret_id")
                .asText();
        var login = "{\"role_id\": \"%s\", \"secret_id\": \"%s\"}".formatted(roleId, secretId);
        return root.post("/v1/auth/approle/login", login)
                .json()
                .at("/auth/client_token")
                .asText();
    }

    private static URI address() {
        return URI.create(System.getenv("LATCHKEY_TEST_VAULT_ADDR"));
    }

    private static String rootToken() {
        return String.valueOf(System.getenv("LATCHKEY_TEST_VAULT_ROOT_TOKEN"));
    }
}
