package dev.latchkey.router.kafka;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** One real broker in this JVM, with every topic of the pipeline. */
final class Broker implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final int port = freePort();
    private final Properties properties;
    private KafkaRaftServer server;

    Broker(Path directory) throws Exception {
        properties = properties(directory.resolve("data"), freePort());
        format(properties, directory.resolve("server.properties"));
        server = started();
        createTopics();
    }

    /** Is gone for a moment and comes back with what it had. */
    void bounce() {
        close();
        server = started();
    }

    /** Nobody asks the registry: tests bring their own format. */
    KafkaSettings settings() {
        return new KafkaSettings(
                "localhost:" + port, RegistryFormat.Settings.apicurio(URI.create("http://localhost:1")));
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private KafkaRaftServer started() {
        var broker = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        broker.startup();
        return broker;
    }

    private void createTopics() throws Exception {
        try (var admin = Admin.create(settings().clientProperties())) {
            var topics = Topics.all().stream()
                    .map(Topic::name)
                    .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                    .collect(Collectors.toList());
            admin.createTopics(topics).all().get();
        }
    }

    private Properties properties(Path data, int controllerPort) {
        var settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@localhost:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", data.toString(),
                "group.initial.rebalance.delay.ms", "0"));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.num.partitions", "1",
                "transaction.state.log.min.isr", "1"));
        return settings;
    }

    private static void format(Properties settings, Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        var arguments = new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        StorageTool.execute(arguments, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }
}
