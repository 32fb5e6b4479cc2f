package dev.latchkey.embedded.parts;

import dev.latchkey.embedded.process.ChildProcess;
import dev.latchkey.embedded.process.Command;
import dev.latchkey.embedded.process.Part;
import dev.latchkey.embedded.process.Readiness;
import dev.latchkey.embedded.process.Sizing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** One Kafka broker in KRaft mode, its own controller. */
public final class KafkaBroker {
    private static final int MEGABYTES = 384;

    private KafkaBroker() {}

    /** Keeps its data in a directory, and finds it there again. */
    public static Part start(int port, int controllerPort, Path directory, Path log) {
        return start(Sizing.SHARED, port, controllerPort, directory, log);
    }

    /** Keeps its data in a directory, and finds it there again. */
    public static Part start(Sizing sizing, int port, int controllerPort, Path directory, Path log) {
        var settings = settings(port, controllerPort, directory.resolve("data"));
        var file = write(settings, directory);
        boolean isNew = !Files.exists(directory.resolve("data").resolve("meta.properties"));
        if (isNew) {
            format(file);
        }
        var process = ChildProcess.start("Kafka", command(sizing, file), log).whenReady(() -> Readiness.isOpen(port));
        return isNew ? process : withoutHangingTransactions(process, port);
    }

    private static Part withoutHangingTransactions(Part broker, int port) {
        try {
            HangingTransactions.abort("localhost:" + port);
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static Properties settings(int port, int controllerPort, Path data) {
        var settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@localhost:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort,
                "advertised.listeners", "PLAINTEXT://localhost:" + port,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", data.toString(),
                "auto.create.topics.enable", "false",
                "group.initial.rebalance.delay.ms", "0"));
        for (var internal : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(internal + ".replication.factor", "1");
        }
        // Topics that promise to keep nothing old are looked after this often.
        settings.put("log.cleaner.backoff.ms", "1000");
        settings.putAll(Map.of(
                "transaction.state.log.min.isr", "1",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
                "share.coordinator.state.topic.min.isr", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.num.partitions", "4"));
        return settings;
    }

    private static Path write(Properties settings, Path directory) {
        var file = directory.resolve("server.properties");
        try {
            Files.createDirectories(directory);
            try (Writer out = Files.newBufferedWriter(file)) {
                settings.store(out, null);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka's settings could not be written to " + file, e);
        }
    }

    private static void format(Path settings) {
        var arguments = new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", settings.toString()};
        var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        if (StorageTool.execute(arguments, quiet) != 0) {
            throw new IllegalStateException("Kafka's data directory could not be formatted");
        }
    }

    private static Command command(Sizing sizing, Path settings) {
        var classPath = System.getProperty("java.class.path");
        return Command.java(
                sizing,
                MEGABYTES,
                List.of(
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        classPath,
                        "kafka.Kafka",
                        settings.toString()),
                Map.of());
    }
}
