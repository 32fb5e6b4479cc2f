package dev.latchkey.api;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.standins.issuer.DevIssuer;
import dev.latchkey.standins.issuer.TokenSigner;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.providers.Delays;
import dev.latchkey.standins.providers.ProviderStandIn;
import dev.latchkey.standins.transit.DevTransit;
import dev.latchkey.standins.transit.Identity;
import dev.latchkey.standins.transit.TransitState;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.FreePort;
import dev.latchkey.testing.TopicSerde;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Everything that the api needs around it: a real broker, a real PostgreSQL that can be stopped and started, and the
 * stand-ins for Vault, the providers and the issuer. There is no registry; what answers at its address is no more than
 * alive.
 */
final class Installation implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();

    private final Path directory;
    private final int httpPort = FreePort.find();
    private final int postgresPort = FreePort.find();
    private final Broker broker;
    private final DevTransit transit;
    private final ProviderStandIn providers = ProviderStandIn.start(Listen.atAnyPort(), Delays.usual(), CLOCK);
    private final DevIssuer issuer;
    private final HttpServer registry;
    private EmbeddedPostgres postgres;

    Installation(Path directory) throws IOException {
        this.directory = directory;
        broker = Broker.start(directory.resolve("kafka"));
        broker.create(
                1,
                Topics.CREDENTIALS,
                Topics.CREDENTIAL_AUDIT,
                Topics.DATA_KEYS,
                Topics.BUDGETS,
                Topics.PROMPTS,
                Topics.RUN_CONTROLS,
                Topics.AGENT_RUNS,
                Topics.ANSWER_PARTS,
                Topics.OUTBOX_POSITION);
        transit = DevTransit.start(Listen.atAnyPort(), TransitState.inMemory(CLOCK, Map.of()), "latchkey");
        issuer = DevIssuer.start(
                Listen.atAnyPort(),
                TokenSigner.keptIn(directory.resolve("issuer.json"), "latchkey-dev", "latchkey", CLOCK));
        registry = alive();
        postgres = runPostgres();
    }

    /** Everything set as it should be. */
    Map<String, String> variables() {
        var variables = new HashMap<String, String>();
        variables.putAll(Map.of(
                "LATCHKEY_HTTP_PORT", Integer.toString(httpPort),
                "LATCHKEY_DATABASE_URL", postgres.getJdbcUrl("postgres", "postgres"),
                "LATCHKEY_DATABASE_USER", "postgres",
                "LATCHKEY_DATABASE_PASSWORD", "postgres",
                "LATCHKEY_KAFKA", broker.bootstrap(),
                "LATCHKEY_REGISTRY_URL", registryUrl(),
                "LATCHKEY_AVRO_SERIALIZER", TopicSerde.Writer.class.getName(),
                "LATCHKEY_AVRO_DESERIALIZER", TopicSerde.Reader.class.getName()));
        variables.putAll(Map.of(
                "LATCHKEY_VAULT_ADDR", transit.address().toString(),
                "LATCHKEY_VAULT_TOKEN", transit.token(Identity.API),
                "LATCHKEY_AGENT_SECRET", "secret-of-the-two",
                "LATCHKEY_JWKS_URL", issuer.jwks().toString(),
                "LATCHKEY_OPENAI_BASE_URL", providers.address().toString(),
                "LATCHKEY_GEMINI_BASE_URL", providers.address().toString(),
                "LATCHKEY_ANTHROPIC_BASE_URL", providers.address().toString()));
        return variables;
    }

    URI api() {
        return URI.create("http://localhost:" + httpPort);
    }

    String kafka() {
        return broker.bootstrap();
    }

    WireFormat format() {
        return new RegistryFormat(new RegistryFormat.Settings(
                URI.create(registryUrl()), TopicSerde.Writer.class.getName(), TopicSerde.Reader.class.getName()));
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    String token(UUID userId) {
        return issuer.token(userId, Duration.ofHours(1));
    }

    void stopPostgres() throws IOException {
        postgres.close();
    }

    void startPostgresAgain() throws IOException {
        postgres = runPostgres();
    }

    @Override
    public void close() throws IOException {
        registry.stop(0);
        issuer.close();
        transit.close();
        providers.close();
        broker.close();
        postgres.close();
    }

    private EmbeddedPostgres runPostgres() throws IOException {
        return PostgresServers.start(EmbeddedPostgres.builder()
                .setPort(postgresPort)
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false));
    }

    private String registryUrl() {
        return "http://localhost:" + registry.getAddress().getPort();
    }

    private static HttpServer alive() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }
}
