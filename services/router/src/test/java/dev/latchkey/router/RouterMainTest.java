package dev.latchkey.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The process itself, without the parts it needs: one sentence, exit code 1, within 10 s. */
final class RouterMainTest {
    private final HttpServer issuer = answering();
    private final HttpServer registry = answering();
    private final int closedPort = closedPort();

    RouterMainTest() throws IOException {}

    @BeforeEach
    void start() {
        issuer.start();
        registry.start();
    }

    @AfterEach
    void stop() {
        issuer.stop(0);
        registry.stop(0);
    }

    @Test
    void namesASettingThatIsMissing() throws Exception {
        assertThat(refusal("LATCHKEY_KAFKA", "")).isEqualTo("router: environment variable LATCHKEY_KAFKA is not set");
    }

    @Test
    void namesAnIssuerThatIsAway() throws Exception {
        assertThat(refusal("LATCHKEY_JWKS_URL", away()))
                .isEqualTo("router: the token issuer does not answer at " + away() + " (LATCHKEY_JWKS_URL)");
    }

    @Test
    void namesARegistryThatIsAway() throws Exception {
        assertThat(refusal("LATCHKEY_REGISTRY_URL", away()))
                .isEqualTo("router: the schema registry does not answer at " + away()
                        + "/subjects (LATCHKEY_REGISTRY_URL)");
    }

    @Test
    void namesAKafkaThatIsAway() throws Exception {
        assertThat(refusal("LATCHKEY_KAFKA", "localhost:" + closedPort))
                .isEqualTo("router: Kafka does not answer at localhost:" + closedPort + " (LATCHKEY_KAFKA)");
    }

    /** What the router says last when one setting is as given. */
    private String refusal(String setting, String value) throws Exception {
        var variables = new HashMap<>(Map.of(
                "LATCHKEY_KAFKA", "localhost:" + closedPort,
                "LATCHKEY_REGISTRY_URL", url(registry),
                "LATCHKEY_JWKS_URL", url(issuer)));
        variables.put(setting, value);
        var command = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.latchkey.router.RouterMain");
        command.environment().putAll(variables);
        var router = command.redirectErrorStream(true).start();
        try {
            assertThat(router.waitFor(10, TimeUnit.SECONDS))
                    .as("ends within 10 s")
                    .isTrue();
            assertThat(router.exitValue()).isEqualTo(1);
            return lastLine(new String(router.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            router.destroyForcibly();
        }
    }

    private static String lastLine(String output) {
        return output.lines().reduce("", (_, line) -> line);
    }

    private String away() {
        return "http://localhost:" + closedPort;
    }

    private static String url(HttpServer server) {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static HttpServer answering() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        return server;
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
