package dev.latchkey.embedded.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.embedded.process.Part;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, with a registry that only takes down what it is told. */
final class ProvisioningTest {
    @TempDir
    private static Path directory;

    private static int port;
    private static int controllerPort;
    private static Part broker;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer registry;
    private KafkaSettings kafka;
    private Admin admin;

    @BeforeAll
    static void startKafka() throws IOException {
        port = freePort();
        controllerPort = freePort();
        broker = start();
    }

    @AfterAll
    static void stopKafka() {
        broker.close();
    }

    @BeforeEach
    void connect() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> answer(exchange, 200));
        registry.start();
        var url = URI.create("http://localhost:" + registry.getAddress().getPort());
        kafka = new KafkaSettings("localhost:" + port, RegistryFormat.Settings.apicurio(url));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()));
    }

    @AfterEach
    void disconnect() {
        admin.close();
        registry.stop(0);
    }

    @Test
    void everyTopicKeepsWhatItsContractSays() throws Exception {
        new Provisioning(kafka).run();

        var kept = Topics.all().stream().collect(Collectors.toMap(Topic::name, this::kept));
        assertThat(kept)
                .isEqualTo(Map.ofEntries(
                        Map.entry("credentials", "compact"),
                        Map.entry("credential-audit", "delete after never"),
                        Map.entry("key-uses", "delete after never"),
                        Map.entry("data-keys", "compact"),
                        Map.entry("default-models", "compact"),
                        Map.entry("prompts", "delete after 7 d"),
                        Map.entry("agent-tasks", "delete after 7 d"),
                        Map.entry("agent-results", "delete after 7 d"),
                        Map.entry("agent-runs", "compact,delete after 7 d"),
                        Map.entry("run-controls", "delete after 7 d"),
                        Map.entry("answer-parts", "delete after 1 h"),
                        Map.entry("usage", "compact"),
                        Map.entry("budgets", "compact"),
                        Map.entry("trades", "delete after 7 d"),
                        Map.entry("prices", "compact,delete after 7 d"),
                        Map.entry("corporate-actions", "delete after never"),
                        Map.entry("pnl", "compact"),
                        Map.entry("pnl-closed", "delete after 7 d"),
                        Map.entry("orders-proposed", "delete after 7 d"),
                        Map.entry("orders-decided", "delete after 7 d"),
                        Map.entry("risk-controls", "compact"),
                        Map.entry("dead-letters", "delete after 90 d"),
                        Map.entry("outbox-position", "compact")));
        assertThat(configured("credential-audit", "retention.bytes")).isEqualTo("-1");
        assertThat(configured("pnl", "max.compaction.lag.ms")).isEqualTo("3600000");
        assertThat(configured("data-keys", "max.compaction.lag.ms")).isEqualTo("1000");
    }

    @Test
    void topicsThatAreJoinedHaveEquallyManyPartitions() throws Exception {
        new Provisioning(kafka).run();

        var partitions = topics().values().stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.partitions().size()));
        assertThat(partitions.remove("outbox-position")).isEqualTo(1);
        assertThat(partitions)
                .hasSize(Topics.all().size() - 1)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(4));
    }

    @Test
    void registersEverySchemaAfterItHasAskedForFullCompatibility() {
        new Provisioning(kafka).run();

        assertThat(told)
                .isEqualTo(Stream.concat(
                                Stream.of("PUT /config FULL_TRANSITIVE"),
                                Topics.all().stream()
                                        .map(topic -> "POST /subjects/" + topic.subject() + "/versions "
                                                + topic.schema().getName()))
                        .toList());
    }

    @Test
    void runAgainItChangesNothing() throws Exception {
        new Provisioning(kafka).run();
        var before = ids();

        new Provisioning(kafka).run();

        assertThat(ids()).isEqualTo(before);
    }

    @Test
    void aSchemaThatTheRegistryRefusesIsNamed() {
        registry.removeContext("/");
        registry.createContext("/config", exchange -> answer(exchange, 200));
        registry.createContext("/subjects", exchange -> answer(exchange, 409));

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new Provisioning(kafka).run())
                .withMessage("the schema registry refuses /subjects/"
                        + Topics.all().getFirst().subject() + "/versions with status 409");
    }

    @Test
    void aBrokerThatWasKilledStartsAgainWithWhatItHad() throws Exception {
        new Provisioning(kafka).run();
        var before = ids();
        publish("survivor");

        broker.kill();
        broker = start();

        assertThat(ids()).isEqualTo(before);
        assertThat(publish("next")).isEqualTo(1);
    }

    private static Part start() {
        return KafkaBroker.start(port, controllerPort, directory.resolve("kafka"), directory.resolve("kafka.log"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Tells only what identifies a request: the body's compatibility level or the name of its schema. */
    private void answer(HttpExchange exchange, int status) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        told.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + gist(body));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static String gist(String body) {
        return Topics.all().stream()
                .map(topic -> topic.schema().getName())
                .filter(name -> body.contains("{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"" + name + "\\\""))
                .findFirst()
                .orElse(body.replaceAll(".*\"(\\w+)\"}", "$1"));
    }

    /** The offset of a record about nobody. */
    private long publish(String key) throws Exception {
        var properties = new HashMap<>(kafka.clientProperties());
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            return producer.send(new ProducerRecord<>("outbox-position", key, key))
                    .get()
                    .offset();
        }
    }

    /** The policy of a topic, and after how many days records are deleted if they are. */
    private String kept(Topic<?> topic) {
        var policy = configured(topic.name(), "cleanup.policy");
        if (!policy.contains("delete")) {
            return policy;
        }
        long millis = Long.parseLong(configured(topic.name(), "retention.ms"));
        return policy + " after " + (millis < 0 ? "never" : span(Duration.ofMillis(millis)));
    }

    private static String span(Duration duration) {
        return duration.toDays() > 0 ? duration.toDays() + " d" : duration.toHours() + " h";
    }

    private String configured(String topic, String setting) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            var described = admin.describeConfigs(List.of(resource)).all().get();
            return Objects.requireNonNull(described.get(resource)).get(setting).value();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, TopicDescription> topics() throws Exception {
        var names = Topics.all().stream().map(Topic::name).toList();
        return admin.describeTopics(names).allTopicNames().get();
    }

    private Map<String, String> ids() throws Exception {
        return topics().values().stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.topicId().toString()));
    }
}
