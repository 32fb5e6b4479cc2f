package dev.latchkey.pnl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.events.BookMethod;
import dev.latchkey.pnl.topology.PnlPolicy;
import dev.latchkey.pnl.topology.PriceSources;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.ServiceSecret;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.sealing.caching.CacheLimits;
import dev.latchkey.sealing.vault.VaultLogin;
import dev.latchkey.sealing.vault.VaultSettings;
import dev.latchkey.streams.StreamsSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PnlConfigTest {
    private static final URI REGISTRY = URI.create("http://localhost:8081/apis/ccompat/v7");
    private static final Map<String, String> NEEDED = Map.of(
            "LATCHKEY_KAFKA", "localhost:9092",
            "LATCHKEY_REGISTRY_URL", REGISTRY.toString(),
            "LATCHKEY_VAULT_ADDR", "http://localhost:8200",
            "LATCHKEY_VAULT_TOKEN", "t",
            "LATCHKEY_PNL_SECRET", "hidden-secret-of-the-two");
    private static final ServiceSecret SECRET = new ServiceSecret("hidden-secret-of-the-two");
    private static final KafkaSettings KAFKA =
            new KafkaSettings("localhost:9092", RegistryFormat.Settings.apicurio(REGISTRY));

    @Test
    void pinsEveryDefault() throws UnknownHostException {
        assertThat(config(Map.of()))
                .isEqualTo(new PnlConfig(
                        http("0.0.0.0", 8084),
                        new StreamsSettings(
                                "latchkey-pnl-worker", KAFKA, Path.of("state"), URI.create("http://localhost:8084")),
                        new VaultSettings(
                                URI.create("http://localhost:8200"), new VaultLogin.FixedToken("t"), "latchkey"),
                        new CacheLimits(1000, Duration.ofSeconds(30)),
                        new PnlPolicy(
                                BookMethod.FIFO,
                                Duration.ofMillis(500),
                                Duration.ofMinutes(15),
                                new PriceSources(Map.of())),
                        SECRET));
    }

    @Test
    void pinsEveryName() throws UnknownHostException {
        var set = Map.ofEntries(
                Map.entry("LATCHKEY_AVRO_SERIALIZER", "x.Serializer"),
                Map.entry("LATCHKEY_AVRO_DESERIALIZER", "x.Deserializer"),
                Map.entry("LATCHKEY_HTTP_HOST", "127.0.0.1"),
                Map.entry("LATCHKEY_HTTP_PORT", "9000"),
                Map.entry("LATCHKEY_STATE_DIR", "/var/lib/latchkey"),
                Map.entry("LATCHKEY_ADVERTISED_URL", "https://pnl-1:9001"),
                Map.entry("LATCHKEY_TRANSIT_KEY", "other"),
                Map.entry("LATCHKEY_UNSEAL_CACHE_ENTRIES", "7"),
                Map.entry("LATCHKEY_UNSEAL_CACHE_TTL", "5s"),
                Map.entry("LATCHKEY_BOOK_METHOD", "AVERAGE"),
                Map.entry("LATCHKEY_MARK_INTERVAL", "2s"),
                Map.entry("LATCHKEY_MARK_STALENESS", "1h"),
                Map.entry("LATCHKEY_PRICE_SOURCES", "BTC-USD=coinbase, *=kraken"));

        assertThat(config(set))
                .isEqualTo(new PnlConfig(
                        http("127.0.0.1", 9000),
                        new StreamsSettings(
                                "latchkey-pnl-worker",
                                new KafkaSettings(
                                        "localhost:9092",
                                        new RegistryFormat.Settings(REGISTRY, "x.Serializer", "x.Deserializer")),
                                Path.of("/var/lib/latchkey"),
                                URI.create("https://pnl-1:9001")),
                        new VaultSettings(URI.create("http://localhost:8200"), new VaultLogin.FixedToken("t"), "other"),
                        new CacheLimits(7, Duration.ofSeconds(5)),
                        new PnlPolicy(
                                BookMethod.AVERAGE,
                                Duration.ofSeconds(2),
                                Duration.ofHours(1),
                                new PriceSources(Map.of("BTC-USD", "coinbase", "*", "kraken"))),
                        SECRET));
    }

    @Test
    void advertisesThePortItListensAt() {
        assertThat(config(Map.of("LATCHKEY_HTTP_PORT", "9000")).streams().advertisedUrl())
                .isEqualTo(URI.create("http://localhost:9000"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LATCHKEY_KAFKA          |                      | is not set
            LATCHKEY_REGISTRY_URL   |                      | is not set
            LATCHKEY_VAULT_ADDR     |                      | is not set
            LATCHKEY_VAULT_TOKEN    |                      | is not set, and neither is LATCHKEY_VAULT_ROLE_ID
            LATCHKEY_PNL_SECRET     |                      | is not set
            LATCHKEY_PNL_SECRET     | hidden-short         | is no secret: a secret is 16 or more printable ASCII characters without spaces
            LATCHKEY_REGISTRY_URL   | localhost            | must be an absolute URL, not localhost
            LATCHKEY_HTTP_PORT      | http                 | must be a whole number, not http
            LATCHKEY_HTTP_HOST      | no host              | must be an address of this machine, not no host
            LATCHKEY_ADVERTISED_URL | pnl-1                | must be an absolute URL, not pnl-1
            LATCHKEY_ADVERTISED_URL | http://pnl-1         | must name a port, not http://pnl-1
            LATCHKEY_BOOK_METHOD    | LIFO                 | must be FIFO or AVERAGE, not LIFO
            LATCHKEY_MARK_INTERVAL  | soon                 | must be a duration such as 500ms, 10s, 5m or 24h, not soon
            LATCHKEY_MARK_INTERVAL  | 0s                   | must be longer than nothing, not 0s
            LATCHKEY_MARK_STALENESS | PT-1S                | must be longer than nothing, not PT-1S
            LATCHKEY_PRICE_SOURCES  | kraken               | does not fit: a price source is written symbol=source, not kraken
            LATCHKEY_PRICE_SOURCES  | BTC-USD=             | does not fit: a price source is written symbol=source, not BTC-USD=
            LATCHKEY_PRICE_SOURCES  | *=kraken,*=coinbase  | does not fit: a symbol has one price source, not kraken and coinbase
            """)
    void namesASettingThatDoesNotFit(String setting, @Nullable String value, String sentence) {
        var set = Map.of(setting, value == null ? "" : value);

        assertThatThrownBy(() -> config(set))
                .isInstanceOf(StartRefused.class)
                .hasMessage("environment variable " + setting + " " + sentence);
    }

    @Test
    void printsNoSecret() {
        assertThat(config(Map.of()).toString()).doesNotContain("hidden");
    }

    private static PnlConfig config(Map<String, String> more) {
        var variables = new HashMap<>(NEEDED);
        variables.putAll(more);
        return PnlConfig.from(new Settings(variables));
    }

    private static HttpAddress http(String host, int port) throws UnknownHostException {
        return new HttpAddress(InetAddress.getByName(host), port);
    }
}
