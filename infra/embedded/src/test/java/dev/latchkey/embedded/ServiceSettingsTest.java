package dev.latchkey.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceSettingsTest {
    private static final String STAND_IN = "http://localhost:9090";
    private static final List<String> PROVIDERS =
            List.of("LATCHKEY_OPENAI_BASE_URL", "LATCHKEY_GEMINI_BASE_URL", "LATCHKEY_ANTHROPIC_BASE_URL");
    private static final Map<String, String> EVERY_SERVICE = Map.of(
            "LATCHKEY_HTTP_HOST", "127.0.0.1",
            "LATCHKEY_KAFKA", "localhost:10092",
            "LATCHKEY_REGISTRY_URL", "http://localhost:9081/apis/ccompat/v7",
            "LATCHKEY_VAULT_ADDR", "http://localhost:9200",
            "LATCHKEY_JWT_ISSUER", "latchkey-dev",
            "LATCHKEY_JWT_AUDIENCE", "latchkey",
            "LATCHKEY_JWKS_URL", "http://localhost:9300/.well-known/jwks.json",
            "LATCHKEY_OPENAI_BASE_URL", STAND_IN,
            "LATCHKEY_GEMINI_BASE_URL", STAND_IN,
            "LATCHKEY_ANTHROPIC_BASE_URL", STAND_IN);

    @TempDir
    private Path directory;

    @Test
    void theApiGetsTheDatabaseItsNeighboursAndRoomForEverybody() {
        var settings = of(Map.of());

        assertThat(settings.api())
                .isEqualTo(everyService(Map.ofEntries(
                        Map.entry("LATCHKEY_HTTP_PORT", "9080"),
                        Map.entry("LATCHKEY_DATABASE_URL", "jdbc:postgresql://localhost:6432/latchkey"),
                        Map.entry("LATCHKEY_DATABASE_USER", "postgres"),
                        Map.entry("LATCHKEY_DATABASE_PASSWORD", "postgres"),
                        Map.entry("LATCHKEY_VAULT_ROLE_ID", "latchkey-api"),
                        Map.entry(
                                "LATCHKEY_VAULT_SECRET_ID", settings.standIns().get("LATCHKEY_STANDINS_API_SECRET_ID")),
                        Map.entry("LATCHKEY_ROUTER_URL", "http://localhost:9082"),
                        Map.entry("LATCHKEY_AGENT_URL", "http://localhost:9083"),
                        Map.entry("LATCHKEY_AGENT_SECRET", agentSecret(settings)),
                        Map.entry("LATCHKEY_PNL_URL", "http://localhost:9084"),
                        Map.entry("LATCHKEY_WRITES_PER_HOUR", "1000000"),
                        Map.entry("LATCHKEY_VALIDATIONS_PER_HOUR", "1000000"),
                        Map.entry("LATCHKEY_READS_PER_HOUR", "1000000"),
                        Map.entry("LATCHKEY_PROMPTS_PER_HOUR", "1000000"))));
    }

    @Test
    void theAgentWorkerGetsARoleThatUnseals() {
        var settings = of(Map.of());

        assertThat(settings.agentWorker())
                .isEqualTo(everyService(Map.of(
                        "LATCHKEY_HTTP_PORT",
                        "9083",
                        "LATCHKEY_VAULT_ROLE_ID",
                        "latchkey-worker",
                        "LATCHKEY_VAULT_SECRET_ID",
                        settings.standIns().get("LATCHKEY_STANDINS_WORKER_SECRET_ID"),
                        "LATCHKEY_AGENT_SECRET",
                        agentSecret(settings),
                        "LATCHKEY_PNL_URL",
                        "http://localhost:9084",
                        "LATCHKEY_PNL_SECRET",
                        pnlSecret(settings))));
    }

    @Test
    void theRouterAndThePnlWorkerGetAPlaceForTheirStateAndOnlyTheLatterARoleForDataKeys() {
        var settings = of(Map.of());

        assertThat(settings.router())
                .isEqualTo(everyService(Map.of(
                        "LATCHKEY_HTTP_PORT", "9082",
                        "LATCHKEY_STATE_DIR", directory.resolve("state/router").toString(),
                        "LATCHKEY_ADVERTISED_URL", "http://localhost:9082")));
        assertThat(settings.pnlWorker())
                .isEqualTo(everyService(Map.of(
                        "LATCHKEY_HTTP_PORT",
                        "9084",
                        "LATCHKEY_VAULT_ROLE_ID",
                        "latchkey-publisher",
                        "LATCHKEY_VAULT_SECRET_ID",
                        settings.standIns().get("LATCHKEY_STANDINS_PUBLISHER_SECRET_ID"),
                        "LATCHKEY_PNL_SECRET",
                        pnlSecret(settings),
                        "LATCHKEY_STATE_DIR",
                        directory.resolve("state/pnl_worker").toString(),
                        "LATCHKEY_ADVERTISED_URL",
                        "http://localhost:9084")));
    }

    @Test
    void theStandInsGetTheirPortsAndTheSecretsOfAllIdentities() {
        var standIns = of(Map.of()).standIns();

        assertThat(standIns)
                .containsOnlyKeys(
                        "LATCHKEY_STANDINS_TRANSIT_PORT",
                        "LATCHKEY_STANDINS_PROVIDER_PORT",
                        "LATCHKEY_STANDINS_ISSUER_PORT",
                        "LATCHKEY_STANDINS_ISSUER_KEY",
                        "LATCHKEY_STANDINS_API_SECRET_ID",
                        "LATCHKEY_STANDINS_WORKER_SECRET_ID",
                        "LATCHKEY_STANDINS_PUBLISHER_SECRET_ID",
                        "LATCHKEY_STANDINS_PUBLISHER_TOKEN",
                        "LATCHKEY_STANDINS_ROTATOR_TOKEN",
                        "LATCHKEY_STATE_DIR",
                        "LATCHKEY_JWT_ISSUER",
                        "LATCHKEY_JWT_AUDIENCE");
        assertThat(standIns)
                .containsAllEntriesOf(Map.of(
                        "LATCHKEY_STANDINS_TRANSIT_PORT", "9200",
                        "LATCHKEY_STANDINS_PROVIDER_PORT", "9090",
                        "LATCHKEY_STANDINS_ISSUER_PORT", "9300",
                        "LATCHKEY_STANDINS_ISSUER_KEY",
                                directory.resolve("issuer.json").toString(),
                        "LATCHKEY_STATE_DIR", directory.resolve("stand-ins").toString()));
    }

    @Test
    void theRotatorHasTheDatabaseOfTheApiAndATokenOfItsOwnThatStaysWithTheIssuersKey() throws IOException {
        var one = of(Map.of());
        var next = of(Map.of());

        var keys = one.keys();
        var expected = new HashMap<>(one.api());
        expected.keySet()
                .removeAll(Set.of("LATCHKEY_VAULT_ROLE_ID", "LATCHKEY_VAULT_SECRET_ID", "LATCHKEY_AGENT_SECRET"));
        expected.put("LATCHKEY_VAULT_TOKEN", Files.readString(directory.resolve("rotator-token")));
        assertThat(keys).isEqualTo(expected);
        assertThat(List.of(
                        one.standIns().get("LATCHKEY_STANDINS_ROTATOR_TOKEN"),
                        next.standIns().get("LATCHKEY_STANDINS_ROTATOR_TOKEN")))
                .containsOnly(vaultToken(one.keys()));
        assertThat(vaultToken(one.keys())).matches("[0-9a-f]{48}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("rotator-token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void sealingAndUnsealingHaveDifferentSecretIdsInEveryStack() {
        var one = of(Map.of());
        var other = of(Map.of());

        assertThat(List.of(
                        secretId(one.api()),
                        secretId(one.agentWorker()),
                        secretId(one.pnlWorker()),
                        secretId(other.api()),
                        secretId(other.agentWorker())))
                .doesNotHaveDuplicates()
                .allMatch(secret -> secret.matches("[0-9a-f]{48}"));
    }

    @Test
    void theOperatorMayChooseTheTokenThatPublishersTypeIn() {
        var settings = of(Map.of("LATCHKEY_STANDINS_PUBLISHER_TOKEN", "chosen"));

        assertThat(settings.standIns()).containsEntry("LATCHKEY_STANDINS_PUBLISHER_TOKEN", "chosen");
        assertThat(settings.publisherToken()).isEqualTo("chosen");
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI_API_KEY, LATCHKEY_OPENAI_BASE_URL",
        "GEMINI_API_KEY, LATCHKEY_GEMINI_BASE_URL",
        "ANTHROPIC_API_KEY, LATCHKEY_ANTHROPIC_BASE_URL"
    })
    void aProviderIsTheRealOneWhenThereIsAKeyForIt(String key, String address) {
        var settings = of(Map.of(key, "sk-real"));

        for (var service : List.of(settings.api(), settings.agentWorker(), settings.pnlWorker())) {
            assertThat(service).doesNotContainKey(address).doesNotContainValue("sk-real");
            assertThat(service.keySet().stream().filter(PROVIDERS::contains)).hasSize(2);
        }
    }

    @Test
    void aBlankKeyIsNone() {
        assertThat(of(Map.of("OPENAI_API_KEY", " ")).api()).containsEntry("LATCHKEY_OPENAI_BASE_URL", STAND_IN);
    }

    @Test
    void theOperatorsAddressOfAProviderWins() {
        var address = Map.of("LATCHKEY_OPENAI_BASE_URL", "https://proxy.example");
        var withKey = Map.of("LATCHKEY_OPENAI_BASE_URL", "https://proxy.example", "OPENAI_API_KEY", "sk-real");

        assertThat(of(address).api()).containsAllEntriesOf(address);
        assertThat(of(address).agentWorker()).containsAllEntriesOf(address);
        assertThat(of(withKey).agentWorker()).containsAllEntriesOf(address);
    }

    @Test
    void anAddressSetToNothingIsTheRealOne() {
        assertThat(of(Map.of("LATCHKEY_OPENAI_BASE_URL", "")).api()).containsEntry("LATCHKEY_OPENAI_BASE_URL", "");
    }

    @Test
    void settingsOfTheOperatorArePassedOnToAllAndNothingElseIs() {
        var settings = of(Map.of("LATCHKEY_TRANSIT_KEY", "ours", "AWS_SECRET_ACCESS_KEY", "secret"));

        for (var program : all(settings)) {
            assertThat(program)
                    .containsEntry("LATCHKEY_TRANSIT_KEY", "ours")
                    .doesNotContainKey("AWS_SECRET_ACCESS_KEY");
        }
    }

    @Test
    void theOperatorsLimitsWin() {
        var settings = of(Map.of("LATCHKEY_PROMPTS_PER_HOUR", "5"));

        assertThat(settings.api()).containsEntry("LATCHKEY_PROMPTS_PER_HOUR", "5");
    }

    @Test
    void whereTheStackIsTheOperatorDoesNotSay() {
        var settings = of(Map.of("LATCHKEY_KAFKA", "kafka.example:9092", "LATCHKEY_HTTP_HOST", "0.0.0.0"));

        assertThat(settings.api())
                .containsEntry("LATCHKEY_KAFKA", "localhost:10092")
                .containsEntry("LATCHKEY_HTTP_HOST", "127.0.0.1");
    }

    @Test
    void theOperatorsWayIntoAnotherVaultIsNotTaken() {
        var settings = of(
                Map.of("LATCHKEY_VAULT_TOKEN", "hvs.theirs", "LATCHKEY_VAULT_SECRET_ID_FILE", "/run/secrets/theirs"));

        for (var service : List.of(settings.api(), settings.agentWorker(), settings.pnlWorker())) {
            assertThat(service)
                    .containsKeys("LATCHKEY_VAULT_ROLE_ID", "LATCHKEY_VAULT_SECRET_ID")
                    .doesNotContainKeys("LATCHKEY_VAULT_TOKEN", "LATCHKEY_VAULT_SECRET_ID_FILE");
        }
    }

    @Test
    void theOperatorsOwnKeyGoesToTheAgentWorkerAlone() {
        var settings = of(Map.of("LATCHKEY_SYSTEM_API_KEY", "sk-system"));

        assertThat(all(settings).stream().filter(program -> program.containsValue("sk-system")))
                .containsExactly(settings.agentWorker());
    }

    @Test
    void theApiAndTheAgentWorkerShareASecretOfThisStackThatNobodyElseHas() {
        var settings = of(Map.of("LATCHKEY_AGENT_SECRET", "set-for-another-one"));

        assertThat(all(settings).stream().filter(program -> program.containsKey("LATCHKEY_AGENT_SECRET")))
                .containsExactly(settings.api(), settings.agentWorker());
        assertThat(agentSecret(settings))
                .isEqualTo(settings.agentWorker().get("LATCHKEY_AGENT_SECRET"))
                .isNotEqualTo(agentSecret(of(Map.of())))
                .isNotEqualTo("set-for-another-one")
                .hasSizeGreaterThanOrEqualTo(16);
        assertThat(settings.keys()).doesNotContainKey("LATCHKEY_AGENT_SECRET");
    }

    @Test
    void theAgentWorkerAndThePnlWorkerShareAnotherOne() {
        var settings = of(Map.of("LATCHKEY_PNL_SECRET", "set-for-another-one"));

        assertThat(all(settings).stream().filter(program -> program.containsKey("LATCHKEY_PNL_SECRET")))
                .containsExactly(settings.agentWorker(), settings.pnlWorker());
        assertThat(pnlSecret(settings))
                .isEqualTo(settings.agentWorker().get("LATCHKEY_PNL_SECRET"))
                .isNotEqualTo(pnlSecret(of(Map.of())))
                .isNotEqualTo("set-for-another-one")
                .isNotEqualTo(agentSecret(settings))
                .hasSizeGreaterThanOrEqualTo(16);
        assertThat(settings.keys()).doesNotContainKey("LATCHKEY_PNL_SECRET");
    }

    private static String pnlSecret(ServiceSettings settings) {
        return settings.pnlWorker().getOrDefault("LATCHKEY_PNL_SECRET", "none");
    }

    private static String agentSecret(ServiceSettings settings) {
        return settings.api().getOrDefault("LATCHKEY_AGENT_SECRET", "none");
    }

    private static List<Map<String, String>> all(ServiceSettings settings) {
        return List.of(
                settings.standIns(), settings.api(), settings.router(), settings.agentWorker(), settings.pnlWorker());
    }

    private static String vaultToken(Map<String, String> program) {
        return program.getOrDefault("LATCHKEY_VAULT_TOKEN", "none");
    }

    private static String secretId(Map<String, String> service) {
        return service.getOrDefault("LATCHKEY_VAULT_SECRET_ID", "none");
    }

    private static Map<String, String> everyService(Map<String, String> more) {
        var settings = new HashMap<>(EVERY_SERVICE);
        settings.putAll(more);
        return settings;
    }

    private ServiceSettings of(Map<String, String> environment) {
        var stack = new StackSettings(
                distribution(), Ports.stable(1000), directory, directory.resolve("issuer.json"), environment);
        return new ServiceSettings(stack);
    }

    private Distribution distribution() {
        try {
            Files.createDirectories(directory.resolve("distribution").resolve("lib"));
            return new Distribution(directory.resolve("distribution"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
