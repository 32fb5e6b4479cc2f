package dev.latchkey.api.rest;

import static dev.latchkey.api.Samples.CLERK;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Catalogue;
import dev.latchkey.api.credentials.Quotas;
import dev.latchkey.api.following.RunFollowers;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.providers.HttpKeyCheck;
import dev.latchkey.api.store.BudgetStore;
import dev.latchkey.api.store.CredentialStore;
import dev.latchkey.api.store.DataKeyStore;
import dev.latchkey.api.store.Outbox;
import dev.latchkey.api.store.PromptStore;
import dev.latchkey.api.store.QuotaStore;
import dev.latchkey.api.store.ReplyStore;
import dev.latchkey.api.store.RequestCodes;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.Provider;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.providers.http.Endpoints;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.ServiceSecret;
import dev.latchkey.runtime.TokenVerifier;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.standins.issuer.DevIssuer;
import dev.latchkey.standins.issuer.TokenSigner;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.providers.Delays;
import dev.latchkey.standins.providers.ProviderStandIn;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The HTTP side of the api over a real database, with stand-ins for everybody else. */
final class RunningApi implements AutoCloseable {
    static final Map<Quotas.Kind, Integer> PLENTY = Map.of(
            Quotas.Kind.WRITE, 10_000,
            Quotas.Kind.DELETION, 10_000,
            Quotas.Kind.VALIDATION, 10_000,
            Quotas.Kind.READ, 10_000,
            Quotas.Kind.PROMPT, 10_000,
            Quotas.Kind.RUN_ORDER, 10_000);

    /**
     * What tests may have different.
     *
     * @param clock of the quotas
     * @param patience with providers and the worker, the same as ApiMain's: where a test shows that it ends, less will do
     * @param origins that base URLs may have beside the provider stand-in's
     * @param worker that checks stored keys; empty for the neighbour that answers for all others
     * @param followers who follow runs; empty where there is no broker
     */
    record Setup(
            Map<Quotas.Kind, Integer> perHour,
            InstantSource clock,
            Duration patience,
            Set<String> origins,
            Optional<URI> worker,
            Optional<RunFollowers> followers) {
        static Setup usual() {
            return new Setup(PLENTY, CLOCK, Duration.ofSeconds(10), Set.of(), Optional.empty(), Optional.empty());
        }

        Setup withQuotas(Map<Quotas.Kind, Integer> other, InstantSource otherClock) {
            return new Setup(other, otherClock, patience, origins, worker, followers);
        }

        Setup withPatience(Duration other) {
            return new Setup(perHour, clock, other, origins, worker, followers);
        }

        Setup allowing(Set<String> others) {
            return new Setup(perHour, clock, patience, others, worker, followers);
        }

        Setup withFollowers(RunFollowers others) {
            return new Setup(perHour, clock, patience, origins, worker, Optional.of(others));
        }

        Setup withWorker(URI other) {
            return new Setup(perHour, clock, patience, origins, Optional.of(other), followers);
        }
    }

    private static final InstantSource CLOCK = InstantSource.system();
    static final ServiceSecret AGENT_SECRET = new ServiceSecret("secret-of-the-two");
    private static final RequestCodes CODES = new RequestCodes(new byte[] {7});

    private final Setup setup;
    private final Neighbours neighbours = new Neighbours();
    private final FakeVault vault = new FakeVault();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Database database = Database.open(Postgres.emptyDatabase());
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProviderStandIn providers = ProviderStandIn.start(Listen.atAnyPort(), Delays.usual(), CLOCK);
    private final Endpoints endpoints;
    private final DevIssuer issuer;
    private final List<Route> routes;
    private final HttpEndpoint endpoint;

    RunningApi(Path directory, Map<Quotas.Kind, Integer> perHour) throws IOException {
        this(directory, Setup.usual().withQuotas(perHour, CLOCK));
    }

    RunningApi(Path directory, Setup setup) throws IOException {
        this.setup = setup;
        issuer = DevIssuer.start(
                Listen.atAnyPort(),
                TokenSigner.keptIn(directory.resolve("issuer.json"), "latchkey-dev", "latchkey", CLOCK));
        endpoints = new Endpoints(urls(), catalogue().allowedOrigins());
        routes = routes(new QuotaStore(database, new Quotas(setup.perHour()), setup.clock()));
        endpoint = HttpEndpoint.start(HttpAddress.local(0), new Health(), meters, new Routing(routes, CLERK, meters));
    }

    Caller caller() {
        return caller(UUID.randomUUID());
    }

    Caller caller(UUID userId) {
        return caller(userId, issuer.token(userId, Duration.ofHours(1)));
    }

    Caller callerWithExpiredToken() {
        var userId = UUID.randomUUID();
        return caller(userId, issuer.token(userId, Duration.ofHours(-1)));
    }

    List<Route> routes() {
        return routes;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    FakeVault vault() {
        return vault;
    }

    Database database() {
        return database;
    }

    /** An origin that base URLs may have although it is not public. */
    URI allowedOrigin() {
        return providers.address();
    }

    /** How often providers were called so far. */
    int providerCalls() {
        return providers.calls().size();
    }

    OwnOutbox outboxOf(Caller caller) {
        return new OwnOutbox(new Outbox(database), caller.userId());
    }

    @Override
    public void close() {
        endpoint.close();
        endpoints.close();
        issuer.close();
        providers.close();
        neighbours.close();
        http.close();
        database.close();
    }

    private Caller caller(UUID userId, String token) {
        return new Caller(http, URI.create("http://localhost:" + endpoint.port()), userId, token);
    }

    /** There is no broker: whoever wants to follow a run is told so. */
    private static RunFollowers nobody() {
        var nowhere = URI.create("http://localhost:1");
        var kafka = new KafkaSettings("localhost:1", RegistryFormat.Settings.apicurio(nowhere));
        return new RunFollowers(kafka, kafka.format(), 10);
    }

    private ProviderUrls urls() {
        return new ProviderUrls(providers.address(), providers.address(), providers.address());
    }

    private Catalogue catalogue() {
        return new Catalogue(
                Map.of(
                        Provider.OPENAI, "gpt-4o-mini",
                        Provider.GOOGLE, "gemini-1.5-flash",
                        Provider.ANTHROPIC, "claude-3-sonnet-20240229"),
                new AllowedOrigins(Stream.concat(
                                setup.origins().stream(),
                                Stream.of(providers.address().getScheme() + "://"
                                        + providers.address().getAuthority()))
                        .collect(Collectors.toSet())));
    }

    private List<Route> routes(QuotaStore quotas) {
        var store = new CredentialStore(database, CLERK);
        var verifier = new TokenVerifier(issuer.jwks(), "latchkey-dev", "latchkey");
        var door = new Door(new Bearer(verifier), quotas);
        var desk = new KeyDesk(new HttpKeyCheck(endpoints, setup.patience()), vault);
        var upstream = new Upstream("the neighbour", neighbours.address(), Duration.ofSeconds(5));
        var worker = setup.worker()
                .map(address -> new Upstream("the agent-worker", address, setup.patience()))
                .orElse(upstream);
        return ApiRoutes.of(
                new Office(door, catalogue(), desk, store, CLERK),
                new DataKeys(new DataKeyStore(database, CLERK), vault),
                new ApiRoutes.Stores(
                        new PromptStore(database, CLERK, Duration.ofDays(7)),
                        new BudgetStore(database, CLERK),
                        new ReplyStore(database, CLERK, CODES),
                        setup.followers().orElseGet(RunningApi::nobody)),
                new Upstreams(upstream, upstream, worker, AGENT_SECRET));
    }
}
