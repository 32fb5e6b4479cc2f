package dev.latchkey.embedded.parts;

import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates the topics that are missing and registers every schema; run again, it changes nothing. */
public final class Provisioning {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PARTITIONS = 4;
    private static final String FOREVER = "-1";
    private static final String SOON = "1000";

    private final KafkaSettings kafka;

    public Provisioning(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    public void run() {
        createTopics();
        registerSchemas();
    }

    private void createTopics() {
        try (var admin = Admin.create(new HashMap<>(kafka.clientProperties()))) {
            var present = admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var missing = Topics.all().stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .map(Provisioning::newTopic)
                    .toList();
            admin.createTopics(missing).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartRefused("the topics could not be created at " + kafka.bootstrap(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("interrupted while creating the topics", e);
        }
    }

    private static NewTopic newTopic(Topic<?> topic) {
        int partitions = topic.equals(Topics.OUTBOX_POSITION) ? 1 : PARTITIONS;
        return new NewTopic(topic.name(), Optional.of(partitions), Optional.empty()).configs(retention(topic));
    }

    private static Map<String, String> retention(Topic<?> topic) {
        return switch (topic.retention()) {
            case LATEST -> Map.of("cleanup.policy", "compact");
            case LATEST_WITHIN_THE_HOUR ->
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "max.compaction.lag.ms",
                        Long.toString(Duration.ofHours(1).toMillis()));
            case LATEST_ALONE ->
                Map.of(
                        "cleanup.policy", "compact",
                        "max.compaction.lag.ms", SOON,
                        "segment.ms", SOON,
                        "min.cleanable.dirty.ratio", "0",
                        "file.delete.delay.ms", SOON);
            case LATEST_FOR_A_WHILE -> Map.of("cleanup.policy", "compact,delete");
            case FOR_AN_HOUR ->
                Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(Duration.ofHours(1).toMillis()),
                        "segment.ms",
                        Long.toString(Duration.ofHours(1).toMillis()));
            case FOR_A_WHILE -> Map.of("cleanup.policy", "delete");
            case LONG ->
                Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(Duration.ofDays(90).toMillis()));
            case FOREVER -> Map.of("cleanup.policy", "delete", "retention.ms", FOREVER, "retention.bytes", FOREVER);
        };
    }

    private void registerSchemas() {
        try (var http = HttpClient.newHttpClient()) {
            send(http, "PUT", "/config", Map.of("compatibility", "FULL_TRANSITIVE"));
            for (var topic : Topics.all()) {
                send(
                        http,
                        "POST",
                        "/subjects/" + topic.subject() + "/versions",
                        Map.of("schema", topic.schema().toString()));
            }
        }
    }

    private void send(HttpClient http, String method, String path, Map<String, String> body) {
        var request = HttpRequest.newBuilder(URI.create(kafka.registry().url() + path))
                .method(method, BodyPublishers.ofByteArray(Json.write(body)))
                .header("content-type", "application/json")
                .timeout(PATIENCE)
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new StartRefused("the schema registry refuses " + path + " with status " + response.statusCode());
            }
        } catch (IOException e) {
            throw new StartRefused(
                    "the schema registry does not answer at " + kafka.registry().url(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("interrupted while registering the schemas", e);
        }
    }
}
