package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.api.credentials.Catalogue;
import dev.latchkey.api.credentials.Quotas;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.Provider;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.ServiceSecret;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.sealing.vault.VaultLogin;
import dev.latchkey.sealing.vault.VaultSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiConfigTest {
    private static final Map<String, String> NEEDED = Map.of(
            "LATCHKEY_DATABASE_URL", "jdbc:postgresql://db/latchkey",
            "LATCHKEY_DATABASE_USER", "latchkey",
            "LATCHKEY_KAFKA", "kafka:9092",
            "LATCHKEY_REGISTRY_URL", "http://registry:8081/apis/ccompat/v7",
            "LATCHKEY_VAULT_ADDR", "http://vault:8200",
            "LATCHKEY_VAULT_TOKEN", "t",
            "LATCHKEY_AGENT_SECRET", "hidden-secret-of-the-two");
    private static final ServiceSecret SECRET = new ServiceSecret("hidden-secret-of-the-two");

    @Test
    void hasDefaultsForWhatAnInstallationSeldomChanges() throws UnknownHostException {
        assertThat(ApiConfig.from(new Settings(NEEDED)))
                .isEqualTo(new ApiConfig(
                        http("0.0.0.0", 8080),
                        new DatabaseSettings("jdbc:postgresql://db/latchkey", "latchkey", "", 10),
                        new KafkaSettings("kafka:9092", RegistryFormat.Settings.apicurio(registry())),
                        new VaultSettings(URI.create("http://vault:8200"), new VaultLogin.FixedToken("t"), "latchkey"),
                        new ProviderUrls(
                                URI.create("https://api.openai.com"),
                                URI.create("https://generativelanguage.googleapis.com"),
                                URI.create("https://api.anthropic.com")),
                        new Catalogue(
                                models("gpt-4o-mini", "gemini-1.5-flash", "claude-3-sonnet-20240229"),
                                AllowedOrigins.none()),
                        quotas(10, 20, 50, 600),
                        Duration.ofDays(7),
                        200,
                        URI.create("http://localhost:8082"),
                        URI.create("http://localhost:8084"),
                        URI.create("http://localhost:8083"),
                        SECRET));
    }

    @Test
    void takesEverythingFromTheEnvironment() throws UnknownHostException {
        var all = new HashMap<>(NEEDED);
        all.put("LATCHKEY_HTTP_HOST", "127.0.0.1");
        all.putAll(Map.of(
                "LATCHKEY_HTTP_PORT", "1",
                "LATCHKEY_DATABASE_PASSWORD", "secret",
                "LATCHKEY_DATABASE_POOL_SIZE", "3",
                "LATCHKEY_TRANSIT_KEY", "other",
                "LATCHKEY_OPENAI_BASE_URL", "http://o",
                "LATCHKEY_GEMINI_BASE_URL", "http://g",
                "LATCHKEY_ANTHROPIC_BASE_URL", "http://a",
                "LATCHKEY_BASE_URL_ALLOWLIST", "http://x:1, https://y"));
        all.putAll(Map.of(
                "LATCHKEY_OPENAI_MODEL", "o",
                "LATCHKEY_GEMINI_MODEL", "g",
                "LATCHKEY_ANTHROPIC_MODEL", "a",
                "LATCHKEY_WRITES_PER_HOUR", "2",
                "LATCHKEY_VALIDATIONS_PER_HOUR", "3",
                "LATCHKEY_READS_PER_HOUR", "4",
                "LATCHKEY_PROMPTS_PER_HOUR", "5",
                "LATCHKEY_RUN_MEMORY", "48h",
                "LATCHKEY_RUN_FOLLOWERS", "7"));
        all.putAll(Map.of(
                "LATCHKEY_ROUTER_URL", "http://r", "LATCHKEY_PNL_URL", "http://p", "LATCHKEY_AGENT_URL", "http://w"));

        assertThat(ApiConfig.from(new Settings(all)))
                .isEqualTo(new ApiConfig(
                        http("127.0.0.1", 1),
                        new DatabaseSettings("jdbc:postgresql://db/latchkey", "latchkey", "secret", 3),
                        new KafkaSettings("kafka:9092", RegistryFormat.Settings.apicurio(registry())),
                        new VaultSettings(URI.create("http://vault:8200"), new VaultLogin.FixedToken("t"), "other"),
                        new ProviderUrls(URI.create("http://o"), URI.create("http://g"), URI.create("http://a")),
                        new Catalogue(models("o", "g", "a"), new AllowedOrigins(Set.of("http://x:1", "https://y"))),
                        quotas(2, 3, 4, 5),
                        Duration.ofDays(2),
                        7,
                        URI.create("http://r"),
                        URI.create("http://p"),
                        URI.create("http://w"),
                        SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LATCHKEY_DATABASE_URL",
                "LATCHKEY_DATABASE_USER",
                "LATCHKEY_KAFKA",
                "LATCHKEY_REGISTRY_URL",
                "LATCHKEY_VAULT_ADDR",
                "LATCHKEY_AGENT_SECRET"
            })
    void namesWhatIsNotSet(String name) {
        var settings = new HashMap<>(NEEDED);
        settings.remove(name);

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> ApiConfig.from(new Settings(settings)))
                .withMessage("environment variable " + name + " is not set");
    }

    @Test
    void printsNoSecret() {
        var settings = new HashMap<>(NEEDED);
        settings.put("LATCHKEY_DATABASE_PASSWORD", "hidden-1");
        settings.put("LATCHKEY_VAULT_TOKEN", "hidden-2");

        assertThat(ApiConfig.from(new Settings(settings)).toString()).doesNotContain("hidden");
    }

    private static URI registry() {
        return URI.create("http://registry:8081/apis/ccompat/v7");
    }

    private static Map<Provider, String> models(String openAi, String gemini, String anthropic) {
        return Map.of(Provider.OPENAI, openAi, Provider.GOOGLE, gemini, Provider.ANTHROPIC, anthropic);
    }

    private static Map<Quotas.Kind, Integer> quotas(int writes, int validations, int reads, int prompts) {
        return Map.of(
                Quotas.Kind.WRITE, writes,
                Quotas.Kind.DELETION, writes,
                Quotas.Kind.VALIDATION, validations,
                Quotas.Kind.READ, reads,
                Quotas.Kind.PROMPT, prompts,
                Quotas.Kind.RUN_ORDER, prompts);
    }

    private static HttpAddress http(String host, int port) throws UnknownHostException {
        return new HttpAddress(InetAddress.getByName(host), port);
    }
}
