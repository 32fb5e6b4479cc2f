package dev.latchkey.pnl;

import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.standins.issuer.DevIssuer;
import dev.latchkey.standins.issuer.TokenSigner;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.FreePort;
import dev.latchkey.testing.StubPart;
import dev.latchkey.testing.TopicSerde;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Everything that the pnl-worker needs around it: a real broker that can be stopped and started, and the stand-in for
 * the issuer. There is no registry and no Vault; what answers at their address is no more than alive.
 */
final class Installation implements AutoCloseable {
    static final String SECRET = "secret-of-the-two";
    private static final int PARTITIONS = 2;

    private final Path directory;
    private final int httpPort = FreePort.find();
    private final Broker broker;
    private final DevIssuer issuer;
    private final StubPart registry = StubPart.answering(200);
    private final WireFormat format = new RegistryFormat(new RegistryFormat.Settings(
            URI.create(registry.url()), TopicSerde.Writer.class.getName(), TopicSerde.Reader.class.getName()));

    Installation(Path directory) {
        this.directory = directory;
        broker = Broker.start(directory.resolve("kafka"));
        var signer = TokenSigner.keptIn(
                directory.resolve("issuer.json"), "latchkey-dev", "latchkey", InstantSource.system());
        issuer = DevIssuer.start(Listen.atAnyPort(), signer);
    }

    void createTopics() {
        broker.create(
                PARTITIONS,
                Topics.TRADES,
                Topics.DATA_KEYS,
                Topics.PRICES,
                Topics.CORPORATE_ACTIONS,
                Topics.PNL,
                Topics.PNL_CLOSED,
                Topics.DEAD_LETTERS);
    }

    /** Everything set as it should be. */
    Map<String, String> variables() {
        return new HashMap<>(Map.of(
                "LATCHKEY_HTTP_PORT", Integer.toString(httpPort),
                "LATCHKEY_STATE_DIR", directory.resolve("state").toString(),
                "LATCHKEY_KAFKA", broker.bootstrap(),
                "LATCHKEY_REGISTRY_URL", registry.url(),
                "LATCHKEY_VAULT_ADDR", registry.url(),
                "LATCHKEY_VAULT_TOKEN", "t",
                "LATCHKEY_PNL_SECRET", SECRET,
                "LATCHKEY_AVRO_SERIALIZER", TopicSerde.Writer.class.getName(),
                "LATCHKEY_AVRO_DESERIALIZER", TopicSerde.Reader.class.getName(),
                "LATCHKEY_JWKS_URL", issuer.jwks().toString()));
    }

    URI worker() {
        return URI.create("http://localhost:" + httpPort);
    }

    Broker broker() {
        return broker;
    }

    WireFormat format() {
        return format;
    }

    String token(UUID userId) {
        return issuer.token(userId, Duration.ofHours(1));
    }

    @Override
    public void close() {
        registry.close();
        issuer.close();
        broker.close();
    }
}
