package dev.latchkey.api;

import dev.latchkey.api.credentials.Quotas;
import dev.latchkey.api.following.RunFollowers;
import dev.latchkey.api.outbox.OutboxMetrics;
import dev.latchkey.api.outbox.Relay;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.providers.HttpKeyCheck;
import dev.latchkey.api.providers.MeteredKeyCheck;
import dev.latchkey.api.rest.ApiRoutes;
import dev.latchkey.api.rest.DataKeys;
import dev.latchkey.api.rest.Door;
import dev.latchkey.api.rest.KeyDesk;
import dev.latchkey.api.rest.Office;
import dev.latchkey.api.rest.Routing;
import dev.latchkey.api.rest.Upstream;
import dev.latchkey.api.rest.Upstreams;
import dev.latchkey.api.runs.Refusals;
import dev.latchkey.api.store.BudgetStore;
import dev.latchkey.api.store.Clerk;
import dev.latchkey.api.store.CredentialStore;
import dev.latchkey.api.store.DataKeyStore;
import dev.latchkey.api.store.PromptStore;
import dev.latchkey.api.store.QuotaStore;
import dev.latchkey.api.store.ReplyStore;
import dev.latchkey.api.store.RequestCodes;
import dev.latchkey.providers.http.Endpoints;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.Pulse;
import dev.latchkey.runtime.Service;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.Shutdown;
import dev.latchkey.runtime.TokenVerifier;
import dev.latchkey.runtime.UuidSource;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.vault.VaultDataKeyMaker;
import dev.latchkey.sealing.vault.VaultSealer;
import dev.latchkey.sealing.vault.VaultSecret;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultWatch;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The api: REST in front, PostgreSQL behind it, and the relay that publishes what was stored. */
public final class ApiMain {
    private static final Logger LOG = LoggerFactory.getLogger(ApiMain.class);
    private static final Duration VALIDATION = Duration.ofSeconds(10);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);
    private static final Duration VAULT_INTERVAL = Duration.ofSeconds(2);

    private ApiMain() {}

    public static void main(String[] args) {
        Service.run("api", ApiMain::serve);
    }

    static void serve(Settings settings, Shutdown shutdown) throws InterruptedException {
        var config = ApiConfig.from(settings);
        var kafka = config.kafka();
        var bearer = new Bearer(TokenVerifier.from(settings));
        requireParts(kafka);
        var vault = VaultSession.open(config.vault());
        var codes = new RequestCodes(VaultSecret.of(vault, "idempotency keys"));
        var clock = InstantSource.system();
        var clerk = new Clerk(new UuidSource(clock, new SecureRandom()), clock);
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var database = Database.open(config.database());
                var postgresPulse = new Pulse(database::answers);
                var kafkaPulse = Pulse.ofKafka(kafka);
                var registryPulse = Pulse.ofRegistry(kafka);
                var vaultWatch = VaultWatch.start(vault, VAULT_INTERVAL);
                var relay = Relay.start(database::connect, kafka, kafka.format(), meters);
                var refusals =
                        Refusals.start(kafka, kafka.format(), new CredentialStore(database, clerk)::mark, meters);
                var followers = new RunFollowers(kafka, kafka.format(), config.followers());
                var endpoints =
                        new Endpoints(config.providers(), config.catalogue().allowedOrigins())) {
            OutboxMetrics.register(database, meters);
            var health = new Health();
            health.check("postgres", postgresPulse);
            health.check("kafka relay", () -> relay.isWorking() && kafkaPulse.getAsBoolean());
            health.check("refused keys", refusals::isWorking);
            health.check("registry", registryPulse);
            health.check("vault", vaultWatch);
            var store = new CredentialStore(database, clerk);
            var keyCheck = new HttpKeyCheck(endpoints, VALIDATION);
            var desk = new KeyDesk(new MeteredKeyCheck(keyCheck, meters), new VaultSealer(vault));
            var door = new Door(bearer, new QuotaStore(database, new Quotas(config.perHour()), clock));
            var office = new Office(door, config.catalogue(), desk, store, clerk);
            var dataKeys = new DataKeys(new DataKeyStore(database, clerk), new VaultDataKeyMaker(vault));
            var replies = new ReplyStore(database, clerk, codes);
            var prompts = new PromptStore(database, clerk, config.runMemory());
            var stores = new ApiRoutes.Stores(prompts, new BudgetStore(database, clerk), replies, followers);
            var routes = ApiRoutes.of(office, dataKeys, stores, upstreams(config));
            try (var http = HttpEndpoint.start(config.http(), health, meters, new Routing(routes, clerk, meters))) {
                LOG.info("Api listens port={}", http.port());
                shutdown.await();
            }
        }
    }

    private static Upstreams upstreams(ApiConfig config) {
        return new Upstreams(
                new Upstream("the router", config.router(), LOOK_UP),
                new Upstream("the pnl-worker", config.pnl(), LOOK_UP),
                new Upstream("the agent-worker", config.agent(), VALIDATION),
                config.agentSecret());
    }

    private static void requireParts(KafkaSettings kafka) {
        Parts.requireKafka(
                kafka,
                Topics.CREDENTIALS,
                Topics.CREDENTIAL_AUDIT,
                Topics.DATA_KEYS,
                Topics.BUDGETS,
                Topics.PROMPTS,
                Topics.RUN_CONTROLS,
                Topics.AGENT_RUNS,
                Topics.ANSWER_PARTS,
                Topics.OUTBOX_POSITION);
        Parts.requireRegistry(kafka);
    }
}
