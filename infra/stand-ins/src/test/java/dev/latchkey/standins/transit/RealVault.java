package dev.latchkey.standins.transit;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.sealing.vault.VaultLogin.AppRole;
import dev.latchkey.sealing.vault.VaultLogin.SecretId;
import dev.latchkey.standins.local.Caller;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Vault or OpenBao: one that somebody names, or a program or an image of this machine that is started for the
 * tests, with nothing but its memory. Nothing is built or pulled for it.
 *
 * @param unsealKey blank when it is not known
 */
public record RealVault(URI address, String rootToken, String unsealKey, Runnable end) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How setting up ended, and what it said. */
    public record Setup(int status, List<String> sentences) {}

    /** The one that there is; where there is none, what was not run is said, and the test is given up. */
    public static RealVault require(String notRun, Path directory) {
        return named().or(() -> VaultProgram.find(directory).map(RealVault::of)).orElseGet(() -> {
            var reason = "NOT RUN: " + notRun + ", because none is named by LATCHKEY_TEST_VAULT_ADDR and _ROOT_TOKEN or"
                    + " by LATCHKEY_TEST_VAULT_SERVER, and there is none on the PATH or in Docker";
            System.err.println(reason);
            return abort(reason);
        });
    }

    /** Prepares it as an operator would. */
    public Setup setUp(String transitKey) throws IOException, InterruptedException {
        var setup = new ProcessBuilder("sh", script().toString()).redirectErrorStream(true);
        setup.environment()
                .putAll(Map.of(
                        "VAULT_ADDR", address.toString(),
                        "VAULT_TOKEN", rootToken,
                        "LATCHKEY_TRANSIT_KEY", transitKey));
        var process = setup.start();
        var sentences = process.inputReader().lines().toList();
        return new Setup(process.waitFor(), sentences);
    }

    /** What a role logs in with. */
    public AppRole role(String name) {
        var role = "/v1/auth/approle/role/" + name;
        var roleId = root().get(role + "/role-id").json().at("/data/role_id").asText();
        var secretId = root().post(role + "/secret-id", "{}")
                .json()
                .at("/data/secret_id")
                .asText();
        return new AppRole(roleId, new SecretId.Text(secretId));
    }

    Caller root() {
        return new Caller(address, "X-Vault-Token", rootToken);
    }

    /** Of whichever module the test is. */
    private static Path script() {
        var script = Path.of("infra/vault/setup.sh");
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(directory -> directory.resolve(script))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        end.run();
    }

    private static Optional<RealVault> named() {
        return setting("ADDR")
                .map(address -> new RealVault(
                        URI.create(address),
                        setting("ROOT_TOKEN").orElse(""),
                        setting("UNSEAL_KEY").orElse(""),
                        () -> {}));
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getenv("LATCHKEY_TEST_VAULT_" + name)).filter(value -> !value.isBlank());
    }

    /** Initialized and unsealed over HTTP, as every Vault is. */
    private static RealVault of(VaultProgram program) {
        var anybody = new Caller(program.address(), "X-Vault-Token", "none");
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> answers(anybody));
        var made = anybody.put("/v1/sys/init", "{\"secret_shares\": 1, \"secret_threshold\": 1}")
                .json();
        var key = made.at("/keys/0").asText();
        anybody.put("/v1/sys/unseal", "{\"key\": \"%s\"}".formatted(key));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> anybody.get("/v1/sys/health").status() == 200);
        return new RealVault(program.address(), rootToken(made), key, program::close);
    }

    private static boolean answers(Caller anybody) {
        try {
            return anybody.get("/v1/sys/seal-status").status() == 200;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static String rootToken(JsonNode made) {
        return made.path("root_token").asText();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "RealVault[address=" + address + "]";
    }
}
