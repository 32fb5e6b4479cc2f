package dev.latchkey.testing;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topic;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real Kafka broker in this JVM. It can be stopped and started again, on the same port and with the same data. */
public final class Broker implements AutoCloseable {
    private static final String NODE = "1";
    private static final URI NO_REGISTRY = URI.create("http://localhost:1");

    private final int port = FreePort.find();
    private final Properties properties;
    private KafkaRaftServer server;

    private Broker(Path directory) {
        this.properties = properties(directory, port, FreePort.find());
        format(directory);
        this.server = run();
    }

    /** Keeps its data in a directory that is empty now. */
    public static Broker start(Path directory) {
        return new Broker(directory);
    }

    public String bootstrap() {
        return "localhost:" + port;
    }

    /** For clients whose events have another format than a registry's. */
    public KafkaSettings settings() {
        return new KafkaSettings(bootstrap(), RegistryFormat.Settings.apicurio(NO_REGISTRY));
    }

    public void create(int partitions, Topic<?>... topics) {
        create(partitions, Arrays.asList(topics));
    }

    public void create(int partitions, Collection<? extends Topic<?>> topics) {
        var created = topics.stream()
                .map(topic -> new NewTopic(topic.name(), partitions, (short) 1))
                .toList();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.createTopics(created).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics could not be created", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating the topics", e);
        }
    }

    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    public void startAgain() {
        server = run();
    }

    @Override
    public void close() {
        stop();
    }

    private KafkaRaftServer run() {
        var running = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        running.startup();
        return running;
    }

    private static void format(Path directory) {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(Integer.parseInt(NODE))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("the broker's directory can not be formatted", e);
        }
    }

    private static Properties properties(Path directory, int port, int controllerPort) {
        var properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", NODE,
                "controller.quorum.voters", NODE + "@localhost:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", directory.toString(),
                "auto.create.topics.enable", "false",
                "group.initial.rebalance.delay.ms", "0"));
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "3",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "3"));
        return properties;
    }
}
