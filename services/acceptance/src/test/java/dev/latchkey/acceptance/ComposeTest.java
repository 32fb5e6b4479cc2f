package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Ports.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml, as far as it can be judged without an image. */
final class ComposeTest {
    private static final Set<String> PROGRAMS_THAT_END = Set.of("topics", "openbao-init", "audit", "keys", "users");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(LATCHKEY_[A-Z_]+)");
    private static final String ALL_NEED = "LATCHKEY_KAFKA LATCHKEY_REGISTRY_URL LATCHKEY_JWKS_URL";
    private static final String VAULT_NEEDS = "LATCHKEY_VAULT_ADDR LATCHKEY_VAULT_ROLE_ID LATCHKEY_VAULT_SECRET_ID";

    private final Map<?, ?> services;

    ComposeTest() throws IOException {
        var file = Files.readString(Checkout.ROOT.resolve("docker-compose.yml"));
        Map<?, ?> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
        this.services = map(document, "services");
    }

    @Test
    void hasEveryPartAndEveryService() {
        assertThat(names(services))
                .containsExactlyInAnyOrder(
                        "kafka",
                        "postgres",
                        "registry",
                        "openbao",
                        "openbao-init",
                        "topics",
                        "api",
                        "router",
                        "agent-worker",
                        "pnl-worker",
                        "audit",
                        "keys",
                        "users",
                        "stand-ins");
    }

    @Test
    void asksWhateverRunsWhetherItIsHealthy() {
        assertThat(names(services)).allSatisfy(name -> {
            var check = map(map(services, name), "healthcheck");
            if (PROGRAMS_THAT_END.contains(name)) {
                assertThat(check.get("disable")).isEqualTo(true);
            } else {
                assertThat((List<?>) check.get("test")).first().isEqualTo("CMD");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "api, LATCHKEY_DATABASE_URL LATCHKEY_DATABASE_USER " + ALL_NEED + " " + VAULT_NEEDS,
        "router, " + ALL_NEED,
        "agent-worker, " + ALL_NEED + " " + VAULT_NEEDS,
        "pnl-worker, " + ALL_NEED + " " + VAULT_NEEDS
    })
    void theReadmeSaysWhatAServiceDoesNotStartWithout(String name, String variables) throws IOException {
        assertThat(needed(name)).containsExactlyInAnyOrder(variables.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "router", "agent-worker", "pnl-worker"})
    void startsAServiceOnceWhatItNeedsIsThereWithAllItMustBeTold(String name) throws IOException {
        var service = map(services, name);

        assertThat(names(map(service, "environment"))).containsAll(needed(name));
        assertThat(map(map(service, "depends_on"), "topics").get("condition"))
                .isEqualTo("service_completed_successfully");
        assertThat(map(map(service, "depends_on"), "kafka").get("condition")).isEqualTo("service_healthy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"api", "router", "agent-worker", "pnl-worker", "audit", "keys", "users", "stand-ins", "topics"})
    void tellsNobodyWhatNobodyReadsAndRunsAProgramThatIsThere(String name) throws IOException {
        var service = map(services, name);

        assertThat(names(map(service, "environment")))
                .isSubsetOf(SettingsTable.read().variables());
        var program = String.valueOf(map(map(service, "build"), "args").get("SERVICE"));
        assertThat(Checkout.distribution().jar(program)).exists();
    }

    @Test
    void isToldNothingThatTheReadmeDoesNotTell() throws IOException {
        var told = VARIABLE.matcher(Files.readString(Checkout.ROOT.resolve("docker-compose.yml")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        told.removeAll(SettingsTable.read().variables());
        assertThat(told).isEqualTo(SettingsTable.variablesOfDockerAlone());
    }

    @ParameterizedTest
    @CsvSource({
        "api, API",
        "router, ROUTER",
        "agent-worker, AGENT_WORKER",
        "pnl-worker, PNL_WORKER",
        "kafka, KAFKA",
        "postgres, POSTGRES",
        "registry, REGISTRY",
        "openbao, TRANSIT"
    })
    void listensWhereUpDoesAndForThisMachineAlone(String name, Listener listener) {
        var ports = (List<?>) map(services, name).get("ports");

        assertThat(ports)
                .singleElement()
                .asString()
                .startsWith("127.0.0.1:" + Ports.stable(0).of(listener) + ":");
    }

    private static Collection<String> needed(String service) throws IOException {
        return SettingsTable.read().rows().stream()
                .filter(row -> row.isReadBy(service) && row.isNeeded())
                .map(SettingsTable.Row::variable)
                .toList();
    }

    private static Map<?, ?> map(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> child ? child : Map.of();
    }

    private static Set<String> names(Map<?, ?> map) {
        return map.keySet().stream().map(String::valueOf).collect(Collectors.toSet());
    }
}
