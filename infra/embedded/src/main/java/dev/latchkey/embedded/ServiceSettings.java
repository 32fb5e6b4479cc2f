package dev.latchkey.embedded;

import static dev.latchkey.embedded.Ports.Listener.AGENT_WORKER;
import static dev.latchkey.embedded.Ports.Listener.ISSUER;
import static dev.latchkey.embedded.Ports.Listener.KAFKA;
import static dev.latchkey.embedded.Ports.Listener.PNL_WORKER;
import static dev.latchkey.embedded.Ports.Listener.POSTGRES;
import static dev.latchkey.embedded.Ports.Listener.PROVIDERS;
import static dev.latchkey.embedded.Ports.Listener.REGISTRY;
import static dev.latchkey.embedded.Ports.Listener.ROUTER;
import static dev.latchkey.embedded.Ports.Listener.TRANSIT;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.parts.Postgres;
import dev.latchkey.embedded.parts.SchemaRegistry;
import dev.latchkey.runtime.Settings;
import dev.latchkey.standins.transit.Identity;
import dev.latchkey.standins.transit.Role;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The environment that each service of a stack is started with: what the operator set, and over it where the parts of
 * this stack are.
 */
final class ServiceSettings {
    private static final Map<String, String> REAL_KEYS = Map.of(
            "LATCHKEY_OPENAI_BASE_URL", "OPENAI_API_KEY",
            "LATCHKEY_GEMINI_BASE_URL", "GEMINI_API_KEY",
            "LATCHKEY_ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY");
    private static final String PREFIX = "LATCHKEY_";
    private static final String OPERATORS_KEY = "LATCHKEY_SYSTEM_API_KEY";
    private static final String AGENT_SECRET = "LATCHKEY_AGENT_SECRET";
    private static final String PNL_SECRET = "LATCHKEY_PNL_SECRET";
    private static final Set<String> OF_ONE_OR_TWO = Set.of(OPERATORS_KEY, AGENT_SECRET, PNL_SECRET);
    private static final String THIS_MACHINE_ALONE = "127.0.0.1";
    private static final String PLENTY = "1000000";

    private final StackSettings stack;
    private final String apiSecretId = RotatorToken.random();
    private final String workerSecretId = RotatorToken.random();
    private final String pnlSecretId = RotatorToken.random();
    private final String agentSecret = RotatorToken.random();
    private final String pnlSecret = RotatorToken.random();
    private final String publisherToken;

    ServiceSettings(StackSettings stack) {
        this.stack = stack;
        this.publisherToken =
                new Settings(stack.environment()).text("LATCHKEY_STANDINS_PUBLISHER_TOKEN", RotatorToken.random());
    }

    /** What upstream services open data keys with: the operator's choice, for it is typed in by people. */
    String publisherToken() {
        return publisherToken;
    }

    Map<String, String> standIns() {
        var settings = operators();
        settings.put("LATCHKEY_STANDINS_TRANSIT_PORT", port(TRANSIT));
        settings.put("LATCHKEY_STANDINS_PROVIDER_PORT", port(PROVIDERS));
        settings.put("LATCHKEY_STANDINS_ISSUER_PORT", port(ISSUER));
        settings.put("LATCHKEY_STANDINS_ISSUER_KEY", stack.issuerKey().toString());
        settings.put("LATCHKEY_STANDINS_API_SECRET_ID", apiSecretId);
        settings.put("LATCHKEY_STANDINS_WORKER_SECRET_ID", workerSecretId);
        settings.put("LATCHKEY_STANDINS_PUBLISHER_SECRET_ID", pnlSecretId);
        settings.put("LATCHKEY_STANDINS_PUBLISHER_TOKEN", publisherToken);
        settings.put("LATCHKEY_STANDINS_ROTATOR_TOKEN", rotatorToken());
        settings.put("LATCHKEY_STATE_DIR", stack.data().resolve("stand-ins").toString());
        settings.put("LATCHKEY_JWT_ISSUER", Tokens.ISSUER);
        settings.put("LATCHKEY_JWT_AUDIENCE", Tokens.AUDIENCE);
        return settings;
    }

    Map<String, String> api() {
        var settings = service(Listener.API);
        settings.put("LATCHKEY_DATABASE_URL", Postgres.url(stack.ports().of(POSTGRES), "latchkey"));
        settings.put("LATCHKEY_DATABASE_USER", Postgres.USER);
        settings.put("LATCHKEY_DATABASE_PASSWORD", Postgres.PASSWORD);
        logInToVault(settings, Role.of(Identity.API, apiSecretId));
        settings.put("LATCHKEY_ROUTER_URL", stack.ports().url(ROUTER));
        settings.put("LATCHKEY_AGENT_URL", stack.ports().url(AGENT_WORKER));
        settings.put(AGENT_SECRET, agentSecret);
        settings.put("LATCHKEY_PNL_URL", stack.ports().url(PNL_WORKER));
        settings.putIfAbsent("LATCHKEY_WRITES_PER_HOUR", PLENTY);
        settings.putIfAbsent("LATCHKEY_VALIDATIONS_PER_HOUR", PLENTY);
        settings.putIfAbsent("LATCHKEY_READS_PER_HOUR", PLENTY);
        settings.putIfAbsent("LATCHKEY_PROMPTS_PER_HOUR", PLENTY);
        return settings;
    }

    /** For the program that rotates the master key: the api's parts, and an identity that neither seals nor unseals. */
    Map<String, String> keys() {
        var settings = api();
        settings.remove("LATCHKEY_VAULT_ROLE_ID");
        settings.remove("LATCHKEY_VAULT_SECRET_ID");
        settings.remove(AGENT_SECRET);
        settings.put("LATCHKEY_VAULT_TOKEN", rotatorToken());
        return settings;
    }

    Map<String, String> router() {
        return streams(ROUTER);
    }

    /** Opens data keys, as those do who publish trades, and nothing else. */
    Map<String, String> pnlWorker() {
        var settings = streams(PNL_WORKER);
        logInToVault(settings, Role.of(Identity.PUBLISHER, pnlSecretId));
        settings.put(PNL_SECRET, pnlSecret);
        return settings;
    }

    /** Alone in having the operator's own key, since it alone calls models. */
    Map<String, String> agentWorker() {
        var settings = service(AGENT_WORKER);
        logInToVault(settings, Role.of(Identity.WORKER, workerSecretId));
        settings.put(AGENT_SECRET, agentSecret);
        settings.put("LATCHKEY_PNL_URL", stack.ports().url(PNL_WORKER));
        settings.put(PNL_SECRET, pnlSecret);
        var operatorsKey = stack.environment().get(OPERATORS_KEY);
        if (operatorsKey != null) {
            settings.put(OPERATORS_KEY, operatorsKey);
        }
        return settings;
    }

    private Map<String, String> streams(Listener service) {
        var settings = service(service);
        var state = stack.data().resolve("state").resolve(service.name().toLowerCase(Locale.ROOT));
        settings.put("LATCHKEY_STATE_DIR", state.toString());
        settings.put("LATCHKEY_ADVERTISED_URL", stack.ports().url(service));
        return settings;
    }

    private Map<String, String> service(Listener service) {
        var ports = stack.ports();
        var settings = operators();
        REAL_KEYS.forEach((address, key) -> {
            if (stack.environment().getOrDefault(key, "").isBlank()) {
                settings.putIfAbsent(address, ports.url(PROVIDERS));
            }
        });
        settings.put("LATCHKEY_HTTP_HOST", THIS_MACHINE_ALONE);
        settings.put("LATCHKEY_HTTP_PORT", port(service));
        settings.put("LATCHKEY_KAFKA", "localhost:" + ports.of(KAFKA));
        settings.put("LATCHKEY_REGISTRY_URL", ports.url(REGISTRY) + SchemaRegistry.API);
        settings.put("LATCHKEY_VAULT_ADDR", ports.url(TRANSIT));
        settings.put("LATCHKEY_JWT_ISSUER", Tokens.ISSUER);
        settings.put("LATCHKEY_JWT_AUDIENCE", Tokens.AUDIENCE);
        settings.put("LATCHKEY_JWKS_URL", ports.url(ISSUER) + "/.well-known/jwks.json");
        return settings;
    }

    /** As in production; what the operator has set for another Vault is no use here. */
    private static void logInToVault(Map<String, String> settings, Role role) {
        settings.remove("LATCHKEY_VAULT_TOKEN");
        settings.remove("LATCHKEY_VAULT_SECRET_ID_FILE");
        settings.put("LATCHKEY_VAULT_ROLE_ID", role.roleId());
        settings.put("LATCHKEY_VAULT_SECRET_ID", role.secretId());
    }

    /** What the operator set for all: no secret of one or two services. A blank setting says that the service's own default is wanted. */
    private Map<String, String> operators() {
        var settings = new HashMap<String, String>();
        stack.environment().forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !OF_ONE_OR_TWO.contains(name)) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    private String port(Listener listener) {
        return Integer.toString(stack.ports().of(listener));
    }

    private String rotatorToken() {
        return RotatorToken.besideIssuerKey(stack.issuerKey());
    }
}
