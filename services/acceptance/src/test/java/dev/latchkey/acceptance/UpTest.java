package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Tokens;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.process.Command;
import dev.latchkey.embedded.process.Output;
import dev.latchkey.embedded.process.Readiness;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./latchkey up}, as its user sees it: starts, stops on Ctrl-C, and finds its state again. One system goes on from test
 * to test. What it prints is read without end: hence the thread.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class UpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final int offset = freeOffset();
    private final Ports ports = Ports.stable(offset);
    private final Path directory;

    private UUID userId = UUID.randomUUID();
    private Process up;
    private List<String> introduction;

    UpTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void start() throws IOException {
        up = startUp();
        introduction = awaitReady();
    }

    @BeforeEach
    void meetSomebodyElse() {
        userId = UUID.randomUUID();
    }

    @AfterAll
    void stop() throws InterruptedException {
        up.destroyForcibly().waitFor();
        awaitClosedPorts();
    }

    @Test
    void keepsWhatItHasAcrossCtrlCAndAcrossACrash() throws Exception {
        assertThat(pasted(introduction)).contains("\"masked_key\":\"sk-...1234\"");
        user().registerDefault("openai", "sk-of-one-who-stays-0001");
        assertAnswered();

        interrupt();
        assertThat(up.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isZero();
        awaitClosedPorts();

        up = startUp();
        awaitReady();
        assertThat(user().api().get(ApiClient.CREDENTIALS).body()).hasSize(1);
        assertAnswered();

        up.destroyForcibly().waitFor();
        awaitClosedPorts();

        up = startUp();
        awaitReady();
        assertThat(user().api().get(ApiClient.CREDENTIALS).body()).hasSize(1);
        assertAnswered();
    }

    /** The first one, for it counts what is in the system. */
    @Test
    @Order(1)
    void letsTheKeysCommandFindItsDatabaseItsTopicsAndItsIdentity() throws Exception {
        user().registerDefault("openai", "sk-of-one-who-rotates-0001");

        assertThat(keys("rotate").status()).isZero();
        assertThat(keys("rewrap").lines())
                .containsExactly(
                        "1 credential sealed anew; of latchkey, nothing older than version 2 opens any more",
                        "0 data keys sealed anew; of latchkey-data, nothing older than version 2 opens any more");

        assertAnswered();
    }

    @Test
    void refusesPortsAndStateThatSomebodyElseHas() throws Exception {
        assertRefused(offset, "other", ports.of(Listener.API) + " (the api)", "--port-offset");
        assertRefused(offset + 1, "data", directory.resolve("data").toString(), "--data");

        user().registerDefault("openai", "sk-of-one-who-goes-on-0001");
        assertAnswered();
    }

    private void assertRefused(int shifted, String data, String... reasons) throws Exception {
        var second = startUp(shifted, data);
        try {
            assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            assertThat(lines(second)).singleElement().asString().contains(reasons);
        } finally {
            second.destroyForcibly();
        }
    }

    private Process startUp() throws IOException {
        return startUp(offset, "data");
    }

    private Process startUp(int shifted, String name) throws IOException {
        var jar = Checkout.distribution().jar("embedded").toString();
        // Ctrl-C reaches it even where whoever runs the tests ignores it.
        var data = directory.resolve(name).toString();
        var builder = TestProgram.of(List.of(
                "env", "--default-signal=INT", JAVA, "-jar", jar, "up", "--port-offset", "" + shifted, "--data", data));
        builder.environment().putAll(environment());
        return builder.redirectErrorStream(true).start();
    }

    private Output keys(String command) {
        var jar = Checkout.distribution().jar("api").toString();
        return Output.of(Command.java(
                256,
                List.of("-cp", jar, "dev.latchkey.api.keys.KeysMain", command, "--port-offset", "" + offset),
                environment()));
    }

    private Map<String, String> environment() {
        return Map.of("XDG_STATE_HOME", directory.resolve("home").toString());
    }

    private User user() {
        var token = Tokens.signer(Tokens.keyFile(environment())).token(userId, Duration.ofHours(1));
        return new User(userId, new ApiClient(URI.create(ports.url(Listener.API)), token));
    }

    /** What it prints, pasted into a shell. The program is named, for the launcher may want to build. */
    private String pasted(List<String> said) {
        var lines = said.subList(said.indexOf("Try it:") + 1, said.size());
        var program = "'" + JAVA + "' -jar '" + Checkout.distribution().jar("embedded") + "'";
        var output = Output.of(new Command(
                List.of("sh", "-c", String.join("\n", lines).replace("./latchkey", program)), environment()));
        assertThat(output.status()).isZero();
        return String.join("\n", output.lines());
    }

    private List<String> awaitReady() throws IOException {
        var out = up.inputReader(StandardCharsets.UTF_8);
        var said = new ArrayList<String>();
        for (var line = out.readLine(); line != null && !line.startsWith("Ctrl-C"); line = out.readLine()) {
            said.add(line);
        }
        assertThat(up.isAlive()).as(String.join("\n", said)).isTrue();
        await().atMost(PATIENCE).until(() -> Readiness.isOk(URI.create(ports.url(Listener.API) + "/health/ready")));
        return said;
    }

    private void assertAnswered() {
        var user = user();
        var path = ApiClient.PROMPTS + "/" + user.submit("Do you remember me?");
        var status = Eventually.ask(() -> user.api().get(path).text("status"), "answered"::equals);
        assertThat(status).isEqualTo("answered");
    }

    private void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -INT \"$1\"", "sh", "" + up.pid())
                .start()
                .waitFor();
    }

    private void awaitClosedPorts() {
        await().atMost(PATIENCE)
                .until(() -> Stream.of(Listener.values()).noneMatch(listener -> Readiness.isOpen(ports.of(listener))));
    }

    private static List<String> lines(Process process) {
        return process.inputReader(StandardCharsets.UTF_8).lines().toList();
    }

    private static int freeOffset() {
        return IntStream.iterate(20_000, offset -> offset < 50_000, offset -> offset + 31)
                .filter(UpTest::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int offset) {
        try {
            Ports.stable(offset).requireFree();
            return true;
        } catch (StartRefused e) {
            return false;
        }
    }
}
