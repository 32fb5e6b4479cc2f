package dev.latchkey.acceptance;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.parts.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Wherever a running system keeps or tells something. */
record Keepers(Stack stack) {
    private static final List<Listener> WITH_METRICS =
            List.of(Listener.API, Listener.ROUTER, Listener.AGENT_WORKER, Listener.PNL_WORKER);

    /**
     * Logs, state stores, the broker's and the database's own files, every record of every topic, every row of every
     * table, every service's metrics, and what the provider stand-in tells.
     */
    List<Haystack> all() throws IOException, SQLException {
        return Stream.of(Haystack.below(stack.data()), topics(), tables(), metrics())
                .flatMap(List::stream)
                .toList();
    }

    /** Also what was aborted, and the topics that Kafka and Kafka Streams keep for themselves. */
    private List<Haystack> topics() {
        var bytes = new ByteArrayDeserializer();
        var found = new ArrayList<Haystack>();
        try (var consumer = new KafkaConsumer<>(new HashMap<>(stack.kafka().clientProperties()), bytes, bytes)) {
            var partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> found.addAll(parts(record)));
            }
        }
        return found;
    }

    private static List<Haystack> parts(ConsumerRecord<byte[], byte[]> record) {
        var place = record.topic() + "-" + record.partition() + "@" + record.offset();
        var parts = new ArrayList<Haystack>();
        parts.add(Haystack.of(place + " key", record.key()));
        parts.add(Haystack.of(place + " value", record.value()));
        for (var header : record.headers()) {
            parts.add(Haystack.of(place + " header " + header.key(), header.value()));
        }
        return parts;
    }

    private List<Haystack> tables() throws SQLException {
        var found = new ArrayList<Haystack>();
        var url = Postgres.url(stack.ports().of(Listener.POSTGRES), "latchkey");
        try (var connection = DriverManager.getConnection(url, Postgres.USER, Postgres.PASSWORD);
                var statement = connection.createStatement()) {
            var names = new ArrayList<String>();
            var tables = statement.executeQuery(
                    "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables"
                            + " WHERE table_schema <> 'information_schema' AND table_type = 'BASE TABLE'");
            while (tables.next()) {
                names.add(tables.getString(1));
            }
            for (var name : names) {
                var rows = statement.executeQuery("SELECT t::text FROM " + name + " t");
                while (rows.next()) {
                    found.add(Haystack.of("table " + name, rows.getString(1)));
                }
            }
        }
        return found;
    }

    /** The first column of what a query finds. */
    List<String> column(String query) throws SQLException {
        var found = new ArrayList<String>();
        var url = Postgres.url(stack.ports().of(Listener.POSTGRES), "latchkey");
        try (var connection = DriverManager.getConnection(url, Postgres.USER, Postgres.PASSWORD);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /** What a service's metric without tags says; 0 while there is none. */
    double meter(Listener service, String name) throws IOException {
        try (InputStream in =
                URI.create(stack.ports().url(service) + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .sum();
        }
    }

    private List<Haystack> metrics() throws IOException {
        var found = new ArrayList<Haystack>();
        for (var service : WITH_METRICS) {
            found.add(page(stack.ports().url(service) + "/metrics"));
        }
        found.add(page(stack.providerStandIn().resolve("/calls").toString()));
        return found;
    }

    private static Haystack page(String address) throws IOException {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            return Haystack.of(address, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
