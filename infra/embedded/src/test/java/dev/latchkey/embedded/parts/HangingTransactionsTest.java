package dev.latchkey.embedded.parts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.process.Part;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, whose log has a transaction that no coordinator knows: what a crash at the wrong moment leaves. */
final class HangingTransactionsTest {
    private static final TopicPartition PARTITION = new TopicPartition("trades", 0);
    private static final long NOBODY = 4_711;

    @TempDir
    private Path directory;

    private int port;
    private int controllerPort;
    private Part broker;

    @BeforeEach
    void startWithATopic() throws Exception {
        port = freePort();
        controllerPort = freePort();
        broker = start();
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void whatNobodyWillEndIsEndedWhenTheBrokerStartsAgain() throws Exception {
        try (var producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(PARTITION.topic(), "whole")).get();
        }
        broker.kill();
        append(MemoryRecords.withTransactionalRecords(
                1, Compression.NONE, NOBODY, (short) 0, 0, 0, new SimpleRecord("left behind".getBytes(UTF_8))));

        broker = start();

        assertThat(end(IsolationLevel.READ_COMMITTED)).isEqualTo(end(IsolationLevel.READ_UNCOMMITTED));
    }

    @Test
    void whatGoesOnIsLeftAlone() throws Exception {
        try (var producer = producer(Map.of("transactional.id", "somebody"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(PARTITION.topic(), "goes on")).get();

            assertThat(HangingTransactions.abort("localhost:" + port)).isZero();

            producer.commitTransaction();
        }
        assertThat(end(IsolationLevel.READ_COMMITTED)).isEqualTo(2);
    }

    /** As the broker wrote it before it died. */
    private void append(MemoryRecords records) throws IOException {
        var log = directory.resolve("kafka/data").resolve(PARTITION.toString()).resolve("00000000000000000000.log");
        try (var file = FileChannel.open(log, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = records.buffer();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    private long end(IsolationLevel isolation) throws Exception {
        try (var admin = admin()) {
            return admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                    .partitionResult(PARTITION)
                    .get()
                    .offset();
        }
    }

    private KafkaProducer<String, String> producer(Map<String, Object> more) {
        var settings = new HashMap<>(more);
        settings.put("bootstrap.servers", "localhost:" + port);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", "localhost:" + port));
    }

    private Part start() {
        return KafkaBroker.start(port, controllerPort, directory.resolve("kafka"), directory.resolve("kafka.log"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
