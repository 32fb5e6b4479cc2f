package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.FreePort;
import dev.latchkey.testing.RefusedStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The process itself, without one of the parts it needs: one sentence, exit code 1, within 10 s. */
final class ApiMainTest {
    private static final int CLOSED = FreePort.find();
    /** Takes connections and never says a word. */
    private static final ServerSocket SILENT = silent();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static Installation installation;

    @BeforeAll
    static void install() throws Exception {
        installation = new Installation(directory);
    }

    @AfterAll
    static void remove() throws Exception {
        installation.close();
        SILENT.close();
    }

    static Stream<Arguments> parts() {
        return Stream.of(CLOSED, SILENT.getLocalPort()).flatMap(port -> partsAt("localhost:" + port));
    }

    private static Stream<Arguments> partsAt(String address) {
        var url = "http://" + address;
        var jdbc = "jdbc:postgresql://" + address + "/latchkey";
        return Stream.of(
                Arguments.of(
                        "LATCHKEY_DATABASE_URL",
                        jdbc + "?user=u",
                        "api: PostgreSQL at " + jdbc + " (LATCHKEY_DATABASE_URL) does not answer"),
                Arguments.of(
                        "LATCHKEY_KAFKA", address, "api: Kafka does not answer at " + address + " (LATCHKEY_KAFKA)"),
                Arguments.of(
                        "LATCHKEY_REGISTRY_URL",
                        url,
                        "api: the schema registry does not answer at " + url + "/subjects (LATCHKEY_REGISTRY_URL)"),
                Arguments.of(
                        "LATCHKEY_VAULT_ADDR", url, "api: Vault at " + url + " (LATCHKEY_VAULT_ADDR) does not answer"),
                Arguments.of(
                        "LATCHKEY_JWKS_URL",
                        url,
                        "api: the token issuer does not answer at " + url + " (LATCHKEY_JWKS_URL)"));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void refusesToStartWithoutAPart(String setting, String value, String sentence) {
        assertThat(refusal(setting, value)).isEqualTo(sentence);
    }

    @Test
    void namesASettingThatIsMissing() {
        assertThat(refusal("LATCHKEY_DATABASE_USER", ""))
                .isEqualTo("api: environment variable LATCHKEY_DATABASE_USER is not set");
    }

    @Test
    void namesADatabaseThatDoesNotExist() {
        var url = installation.postgres().getJdbcUrl("postgres", "nowhere");

        assertThat(refusal("LATCHKEY_DATABASE_URL", url))
                .isEqualTo("api: PostgreSQL at " + url.replaceFirst("\\?.*", "")
                        + " (LATCHKEY_DATABASE_URL) has no such database");
    }

    @Test
    void namesATokenThatVaultDoesNotKnow() {
        assertThat(refusal("LATCHKEY_VAULT_TOKEN", "unknown"))
                .isEqualTo("api: Vault at " + installation.variables().get("LATCHKEY_VAULT_ADDR")
                        + " (LATCHKEY_VAULT_ADDR) does not accept the token in LATCHKEY_VAULT_TOKEN");
    }

    /** What the api says last when one setting is as given. */
    private static String refusal(String setting, String value) {
        var variables = installation.variables();
        variables.put(setting, value);
        return RefusedStart.sentence(ApiMain.class, variables);
    }

    private static ServerSocket silent() {
        try {
            return new ServerSocket(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
