package dev.latchkey.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.agent.credentials.Keys.SystemKey;
import dev.latchkey.agent.figures.HttpFigures;
import dev.latchkey.agent.kafka.TaskConsumer;
import dev.latchkey.agents.Agent;
import dev.latchkey.agents.Agents;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.ServiceSecret;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.caching.CacheLimits;
import dev.latchkey.sealing.vault.VaultLogin;
import dev.latchkey.sealing.vault.VaultSettings;
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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentWorkerConfigTest {
    private static final Map<String, String> NEEDED = Map.of(
            "LATCHKEY_KAFKA", "kafka:9092",
            "LATCHKEY_REGISTRY_URL", "http://registry:8081/ccompat",
            "LATCHKEY_VAULT_ADDR", "http://vault:8200",
            "LATCHKEY_VAULT_TOKEN", "hidden-token",
            "LATCHKEY_AGENT_SECRET", "hidden-secret-of-the-two",
            "LATCHKEY_PNL_SECRET", "hidden-secret-of-others");
    private static final ServiceSecret SECRET = new ServiceSecret("hidden-secret-of-the-two");
    private static final ServiceSecret PNL_SECRET = new ServiceSecret("hidden-secret-of-others");
    private static final KafkaSettings KAFKA = new KafkaSettings(
            "kafka:9092", RegistryFormat.Settings.apicurio(URI.create("http://registry:8081/ccompat")));

    @Test
    void pinsEveryDefault() throws UnknownHostException {
        assertThat(config(Map.of()))
                .isEqualTo(new AgentWorkerConfig(
                        http("0.0.0.0", 8083),
                        KAFKA,
                        new VaultSettings(
                                URI.create("http://vault:8200"), new VaultLogin.FixedToken("hidden-token"), "latchkey"),
                        new ProviderUrls(
                                URI.create("https://api.openai.com"),
                                URI.create("https://generativelanguage.googleapis.com"),
                                URI.create("https://api.anthropic.com")),
                        AllowedOrigins.none(),
                        SystemKey.none(),
                        new CacheLimits(1000, Duration.ofSeconds(30)),
                        new TaskConsumer.Limits(1_000, 500, Duration.ofSeconds(5)),
                        Duration.ofMinutes(2),
                        SECRET,
                        Agents.shipped(),
                        new HttpFigures.Source(URI.create("http://localhost:8084"), PNL_SECRET)));
    }

    @Test
    void pinsEveryName(@TempDir Path directory) throws IOException {
        var set = new HashMap<>(Map.of(
                "LATCHKEY_HTTP_PORT", "9000",
                "LATCHKEY_TRANSIT_KEY", "other",
                "LATCHKEY_OPENAI_BASE_URL", "http://o",
                "LATCHKEY_GEMINI_BASE_URL", "http://g",
                "LATCHKEY_ANTHROPIC_BASE_URL", "http://a",
                "LATCHKEY_BASE_URL_ALLOWLIST", "http://x:1"));
        set.put("LATCHKEY_SYSTEM_PROVIDER", "openai");
        set.put("LATCHKEY_HTTP_HOST", "127.0.0.1");
        set.put("LATCHKEY_SYSTEM_API_KEY", "sk-hidden-system-key");
        set.put("LATCHKEY_UNSEAL_CACHE_ENTRIES", "0");
        set.put("LATCHKEY_UNSEAL_CACHE_TTL", "5s");
        set.put("LATCHKEY_AGENT_TASKS", "10000");
        set.put("LATCHKEY_AGENT_PROVIDER_TASKS", "9000");
        set.put("LATCHKEY_AGENT_DRAIN", "20s");
        set.put("LATCHKEY_AGENT_LONGEST_CALL", "30s");
        set.put("LATCHKEY_PNL_URL", "http://p");
        set.put("LATCHKEY_AGENTS_DIRECTORY", directory.toString());
        Files.writeString(directory.resolve("broker.md"), agent("price"));

        assertThat(config(set))
                .isEqualTo(new AgentWorkerConfig(
                        http("127.0.0.1", 9000),
                        KAFKA,
                        new VaultSettings(
                                URI.create("http://vault:8200"), new VaultLogin.FixedToken("hidden-token"), "other"),
                        new ProviderUrls(URI.create("http://o"), URI.create("http://g"), URI.create("http://a")),
                        new AllowedOrigins(Set.of("http://x:1")),
                        new SystemKey("openai", new ApiKey("sk-hidden-system-key")),
                        new CacheLimits(0, Duration.ofSeconds(5)),
                        new TaskConsumer.Limits(10_000, 9_000, Duration.ofSeconds(20)),
                        Duration.ofSeconds(30),
                        SECRET,
                        Agents.of(List.of(new Agent(
                                "broker", "Be quick.", Set.of("price"), Set.of(), new Agent.Limits(3, 2000)))),
                        new HttpFigures.Source(URI.create("http://p"), PNL_SECRET)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LATCHKEY_KAFKA",
                "LATCHKEY_REGISTRY_URL",
                "LATCHKEY_VAULT_ADDR",
                "LATCHKEY_AGENT_SECRET",
                "LATCHKEY_PNL_SECRET"
            })
    void namesWhatIsNotSet(String name) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> config(Map.of(name, "")))
                .withMessage("environment variable " + name + " is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "LATCHKEY_AGENT_TASKS, 0, 'must be from 1 to 10000, not 0'",
        "LATCHKEY_AGENT_TASKS, 10001, 'must be from 1 to 10000, not 10001'",
        "LATCHKEY_AGENT_PROVIDER_TASKS, 0, 'must be from 1 to 1000, not 0'",
        "LATCHKEY_AGENT_PROVIDER_TASKS, 1001, 'must be from 1 to 1000, not 1001'",
        "LATCHKEY_UNSEAL_CACHE_ENTRIES, -1, 'must be 0 or more, not -1'",
        "LATCHKEY_UNSEAL_CACHE_TTL, 0s, 'must be above zero and at most 60s, not PT0S'",
        "LATCHKEY_UNSEAL_CACHE_TTL, 61s, 'must be above zero and at most 60s, not PT1M1S'",
        "LATCHKEY_AGENT_LONGEST_CALL, 0s, 'must be above zero, not PT0S'",
        "LATCHKEY_AGENT_DRAIN, soon, 'must be a duration such as 500ms, 10s, 5m or 24h, not soon'",
        "LATCHKEY_SYSTEM_API_KEY, hidden key, "
                + "'is no API key: an API key is 1 to 4096 printable ASCII characters without spaces'",
    })
    void refusesWhatCanNotWork(String name, String value, String rule) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> config(Map.of("LATCHKEY_SYSTEM_PROVIDER", "openai", name, value)))
                .withMessage("environment variable " + name + " " + rule);
    }

    @Test
    void refusesAnAgentWithAToolThatThereIsNot(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("broker.md"), agent("price, telex, abacus"));

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> config(Map.of("LATCHKEY_AGENTS_DIRECTORY", directory.toString())))
                .withMessage("the agent broker names tools that there are not: abacus, telex;"
                        + " there are pnl, positions, price, propose_order");
    }

    @Test
    void wantsToKnowWhoseTheSystemKeyIs() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> config(Map.of("LATCHKEY_SYSTEM_API_KEY", "sk-hidden-system-key")))
                .withMessage("environment variable LATCHKEY_SYSTEM_PROVIDER is not set");
    }

    @Test
    void printsNoSecret() {
        var config =
                config(Map.of("LATCHKEY_SYSTEM_API_KEY", "sk-hidden-system-key", "LATCHKEY_SYSTEM_PROVIDER", "openai"));

        assertThat(config.toString()).doesNotContain("hidden");
    }

    private static String agent(String tools) {
        return """
                ---
                tools: %s
                steps: 3
                tokens: 2000
                ---
                Be quick.
                """.formatted(tools);
    }

    private static AgentWorkerConfig config(Map<String, String> more) {
        var variables = new HashMap<>(NEEDED);
        variables.putAll(more);
        return AgentWorkerConfig.from(new Settings(variables));
    }

    private static HttpAddress http(String host, int port) throws UnknownHostException {
        return new HttpAddress(InetAddress.getByName(host), port);
    }
}
