package dev.latchkey.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.router.runs.Room;
import dev.latchkey.router.runs.RunPolicy;
import dev.latchkey.router.runs.SystemModel;
import dev.latchkey.router.usage.ModelId;
import dev.latchkey.router.usage.PriceList;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.streams.StreamsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RouterConfigTest {
    private static final Map<String, String> NEEDED =
            Map.of("LATCHKEY_KAFKA", "localhost:9092", "LATCHKEY_REGISTRY_URL", "http://localhost:8081/ccompat");
    private static final KafkaSettings KAFKA = new KafkaSettings(
            "localhost:9092", RegistryFormat.Settings.apicurio(URI.create("http://localhost:8081/ccompat")));

    @Test
    void pinsEveryDefault() throws UnknownHostException {
        assertThat(config(Map.of()))
                .isEqualTo(new RouterConfig(
                        http("0.0.0.0", 8082),
                        new StreamsSettings(
                                "latchkey-router", KAFKA, Path.of("state"), URI.create("http://localhost:8082")),
                        new RunPolicy(
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(10),
                                Duration.ofDays(7),
                                4,
                                Optional.empty(),
                                new Room(16, 8, 200_000)),
                        Prices.from(new Settings(Map.of()))));
    }

    @Test
    void pinsEveryName(@TempDir Path directory) throws IOException {
        var prices = Files.writeString(directory.resolve("prices.csv"), "currency,EUR");
        var set = new HashMap<>(Map.of(
                "LATCHKEY_HTTP_HOST", "127.0.0.1",
                "LATCHKEY_HTTP_PORT", "9000",
                "LATCHKEY_STATE_DIR", "/var/lib/latchkey",
                "LATCHKEY_ADVERTISED_URL", "http://router-1:9000",
                "LATCHKEY_RUN_DEADLINE", "5m",
                "LATCHKEY_RUN_GRACE", "30s",
                "LATCHKEY_RUN_MEMORY", "24h",
                "LATCHKEY_RUN_ATTEMPTS", "2",
                "LATCHKEY_SYSTEM_PROVIDER", "openai",
                "LATCHKEY_SYSTEM_MODEL", "gpt-4o-mini"));
        set.putAll(Map.of(
                "LATCHKEY_USER_TASKS", "6",
                "LATCHKEY_CREDENTIAL_TASKS", "5",
                "LATCHKEY_USER_QUEUE", "4",
                "LATCHKEY_PRICES", prices.toString()));

        assertThat(config(set))
                .isEqualTo(new RouterConfig(
                        http("127.0.0.1", 9000),
                        new StreamsSettings(
                                "latchkey-router",
                                KAFKA,
                                Path.of("/var/lib/latchkey"),
                                URI.create("http://router-1:9000")),
                        new RunPolicy(
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(30),
                                Duration.ofDays(1),
                                2,
                                Optional.of(new SystemModel("openai", "gpt-4o-mini")),
                                new Room(6, 5, 4)),
                        new PriceList("EUR", Map.of())));
    }

    @Test
    void comesWithThePricesOfTheModelsThatAreUsedByDefault() {
        var prices = config(Map.of()).prices();

        assertThat(prices.currency()).isEqualTo("USD");
        assertThat(List.of(
                        new ModelId("openai", "gpt-4o-mini"),
                        new ModelId("google", "gemini-1.5-flash"),
                        new ModelId("anthropic", "claude-3-sonnet-20240229")))
                .allMatch(prices::knows);
    }

    @Test
    void refusesPricesThatAreNone(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("prices.csv"), "openai,gpt,1,2");

        assertThatThrownBy(() -> config(Map.of("LATCHKEY_PRICES", file.toString())))
                .isInstanceOf(StartRefused.class)
                .hasMessage("environment variable LATCHKEY_PRICES: " + file
                        + " is no price list: the first line is currency and its code, such as currency,USD");
        assertThatThrownBy(() -> config(
                        Map.of("LATCHKEY_PRICES", directory.resolve("none").toString())))
                .isInstanceOf(StartRefused.class)
                .hasMessage("environment variable LATCHKEY_PRICES: " + directory.resolve("none") + " can not be read");
    }

    @Test
    void advertisesThePortItListensAt() {
        assertThat(config(Map.of("LATCHKEY_HTTP_PORT", "9000")).streams().advertisedUrl())
                .isEqualTo(URI.create("http://localhost:9000"));
    }

    @Test
    void refusesHalfASystemModel() {
        assertThatThrownBy(() -> config(Map.of("LATCHKEY_SYSTEM_MODEL", "gpt-4o-mini")))
                .isInstanceOf(StartRefused.class)
                .hasMessage("environment variables LATCHKEY_SYSTEM_PROVIDER and LATCHKEY_SYSTEM_MODEL"
                        + " must be set both or neither");
    }

    @Test
    void refusesAnAddressWithoutAPort() {
        assertThatThrownBy(() -> config(Map.of("LATCHKEY_ADVERTISED_URL", "http://router")))
                .isInstanceOf(StartRefused.class)
                .hasMessage("environment variable LATCHKEY_ADVERTISED_URL must name a port, not http://router");
    }

    @Test
    void refusesAPolicyThatCannotWork() {
        assertThatThrownBy(() -> config(Map.of("LATCHKEY_RUN_ATTEMPTS", "0")))
                .isInstanceOf(StartRefused.class)
                .hasMessage("environment variables LATCHKEY_RUN_* do not fit: attempts are between 1 and 10, not 0");
    }

    @Test
    void refusesAUserWithoutRoom() {
        assertThatThrownBy(() -> config(Map.of("LATCHKEY_USER_TASKS", "0")))
                .isInstanceOf(StartRefused.class)
                .hasMessage("environment variables LATCHKEY_USER_TASKS, LATCHKEY_CREDENTIAL_TASKS and"
                        + " LATCHKEY_USER_QUEUE do not fit: a user has room for at least 1 task, 1 task with a"
                        + " credential and 1 queued prompt, not 0, 8 and 200000");
    }

    private static RouterConfig config(Map<String, String> more) {
        var variables = new HashMap<>(NEEDED);
        variables.putAll(more);
        return RouterConfig.from(new Settings(variables));
    }

    private static HttpAddress http(String host, int port) throws UnknownHostException {
        return new HttpAddress(InetAddress.getByName(host), port);
    }
}
