package dev.latchkey.standins.transit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.standins.local.Caller;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * A real Vault or OpenBao: one that somebody names, or a program or an image of this machine that is started for the
 * tests, with nothing but its memory. Nothing is built or pulled for it.
 *
 * @param unsealKey blank when it is not known
 */
record RealVault(URI address, String rootToken, String unsealKey, Runnable end) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Optional<RealVault> find(Path directory) {
        return named().or(() -> VaultProgram.find(directory).map(RealVault::of));
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
