package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.api.outbox.Published;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.runtime.Json;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.FreePort;
import dev.latchkey.testing.ServiceProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The api as it runs in production: its own process between a real PostgreSQL and a real broker. */
final class WholeApiTest {
    /** A part of every key that is used here, and of nothing else. */
    private static final String CANARY = "canary7f3a";

    private static final String CREDENTIALS = "/api/v1/users/me/llm-credentials";
    private static final ConditionFactory SOON = await().atMost(Duration.ofSeconds(40));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static Installation installation;

    @SuppressWarnings("NullAway.Init")
    private static ServiceProcess api;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final UUID anna = UUID.randomUUID();
    private final List<String> answers = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        installation = new Installation(directory);
        api = ServiceProcess.start(ApiMain.class, installation.variables(), directory.resolve("api.log"));
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        installation.close();
        HTTP.close();
    }

    @BeforeEach
    void awaitReadiness() {
        SOON.until(() -> isReady());
    }

    @Test
    void tellsWhetherItLivesWhatItNeedsAndWhatItDid() throws Exception {
        register("sk-" + CANARY + "-0001");

        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
        assertThat(get("/health/ready").body())
                .isEqualTo("{\"status\":\"ready\",\"parts\":"
                        + "{\"kafka relay\":true,\"postgres\":true,\"refused keys\":true,\"registry\":true,"
                        + "\"vault\":true}}");
        assertThat(get("/metrics").body())
                .contains("latchkey_outbox_depth", "latchkey_outbox_age_seconds", "latchkey_outbox_rejected_total")
                .contains("latchkey_validations_seconds_count{outcome=\"accepted\",provider=\"openai\"}")
                .contains("latchkey_http_requests_seconds_count{method=\"POST\",route=\"" + CREDENTIALS
                        + "\",status=\"201\"}");
        assertThat(Json.MAPPER.readTree(get("/openapi.json").body()).path("paths"))
                .isNotEmpty();
    }

    @Test
    void showsNoKeyToAnybody() throws Exception {
        var id = register("sk-" + CANARY + "-0002").path("id").asText();
        send("POST", CREDENTIALS, registration("sk-" + CANARY + "-bad-0003", "gpt-5"));
        send("POST", CREDENTIALS, registration("sk-" + CANARY + "-broken-0004", "gpt-5"));
        send("POST", CREDENTIALS, registration("sk-" + CANARY + "-ratelimited-0005", "gpt-5"));
        send("PUT", CREDENTIALS + "/" + id, "{\"api_key\": \"sk-" + CANARY + "-0006\"}");
        send("PUT", CREDENTIALS + "/" + id + "/default", "");
        for (var body : List.of(
                "{\"provider\": \"openai\", \"api_key\": \"sk-" + CANARY + "-0007\"}",
                "{\"provider\": \"openai\", \"api_key\": \"sk-" + CANARY + "-bad-0008\"}",
                "{\"provider\": \"openai\", \"api_key\": [\"sk-" + CANARY + "-0009\"]}",
                "{\"provider\": \"openai\", \"api_key\": \"sk-" + CANARY + " 0010\"}",
                "{\"provider\": \"openai\", \"api_key\": \"sk-" + CANARY + "-0011\", \"x\": 1}",
                "{\"provider\": \"openai\", \"sk-" + CANARY + "-0012\"",
                "{\"provider\": \"sk-" + CANARY + "-0013\", \"api_key\": \"x\"}")) {
            send("POST", CREDENTIALS + "/validate", body);
        }
        send("DELETE", CREDENTIALS + "/" + id, "");
        send("GET", CREDENTIALS, "");

        SOON.until(() -> sequences().size() == 10);
        answers.add(get("/metrics").body());
        assertThat(answers).noneMatch(answer -> answer.contains(CANARY));
        assertThat(api.output()).doesNotContain(CANARY);
        assertThat(tables()).noneMatch(WholeApiTest::showsKey).anyMatch(row -> row.contains(anna.toString()));
        assertThat(topics()).noneMatch(WholeApiTest::showsKey).anyMatch(value -> value.contains(anna.toString()));
    }

    @Test
    void losesNothingWhilePostgresIsAwayAndRecoversByItself() throws Exception {
        var before = register("sk-" + CANARY + "-0014");
        installation.stopPostgres();

        SOON.until(() -> !isReady());
        var meanwhile = send("POST", CREDENTIALS, registration("sk-" + CANARY + "-0015", "gpt-5"));
        assertThat(meanwhile.statusCode()).isEqualTo(503);
        assertThat(meanwhile.headers().firstValue("retry-after")).hasValue("5");
        assertThat(Json.MAPPER.readTree(meanwhile.body()).path("detail").asText())
                .isEqualTo("the database does not answer");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);

        installation.startPostgresAgain();
        SOON.until(() -> isReady());
        assertThat(Json.MAPPER.readTree(send("GET", CREDENTIALS, "").body())).containsExactly(before);
        send("DELETE", CREDENTIALS + "/" + before.path("id").asText(), "");
        SOON.until(() -> sequences().size() == 3);
        assertThat(sequences()).containsExactly(1L, 2L, 3L);
        assertThat(published().read(Topics.CREDENTIALS, CredentialChanged::getUserId, anna))
                .extracting(CredentialChanged::getIsActive)
                .containsExactly(true, false);
        assertThat(api.output()).doesNotContain(CANARY);
    }

    @Test
    void marksAKeyThatAProviderRefusedInACall() throws Exception {
        var id = register("sk-" + CANARY + "-0016").path("id").asText();

        put(Runs.refused(anna, UUID.fromString(id), 1, Instant.now()).build());

        SOON.until(() -> Json.MAPPER
                .readTree(send("GET", CREDENTIALS, "").body())
                .path(0)
                .path("status")
                .asText()
                .equals("refused"));
        SOON.until(() -> published().read(Topics.CREDENTIALS, CredentialChanged::getUserId, anna).stream()
                .anyMatch(event -> event.getKeyRefusedAt() != null));
    }

    @Test
    void stopsCleanlyWhenItIsAskedTo() throws Exception {
        var variables = installation.variables();
        int port = FreePort.find();
        variables.put("LATCHKEY_HTTP_PORT", Integer.toString(port));
        try (var second = ServiceProcess.start(ApiMain.class, variables, directory.resolve("second.log"))) {
            SOON.until(() -> second.output().contains("Api listens port=" + port));

            second.askToStop();

            assertThat(second.endsWithin(Duration.ofSeconds(15))).isTrue();
            assertThat(second.status()).isZero();
            assertThat(second.output()).doesNotContain("ERROR", "Exception");
        }
    }

    private JsonNode register(String key) throws Exception {
        return Json.MAPPER.readTree(
                send("POST", CREDENTIALS, registration(key, "gpt-4o-mini")).body());
    }

    private static String registration(String key, String model) {
        return "{\"provider\": \"openai\", \"api_key\": \"" + key + "\", \"model_name\": \"" + model + "\"}";
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(installation.api().resolve(path))
                .header("authorization", "Bearer " + installation.token(anna))
                .header("content-type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (method.equals("POST")) {
            request.header("idempotency-key", "sk-" + CANARY + "-" + UUID.randomUUID());
        }
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        answers.add(answer.body() + answer.headers().map());
        return answer;
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(installation.api().resolve(path)).build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static boolean isReady() throws IOException, InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (ConnectException _) {
            return false; // It has not started yet.
        }
    }

    private static void put(AgentRun run) throws Exception {
        var bytes = new ByteArraySerializer();
        try (var serializer = installation.format().serializer(Topics.AGENT_RUNS);
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", installation.kafka()), bytes, bytes)) {
            var key = run.getPromptId().toString().getBytes(StandardCharsets.UTF_8);
            var value = serializer.serialize(Topics.AGENT_RUNS.name(), run);
            producer.send(new ProducerRecord<>(Topics.AGENT_RUNS.name(), key, value))
                    .get();
        }
    }

    private List<Long> sequences() {
        return published().read(Topics.CREDENTIAL_AUDIT, CredentialAudited::getUserId, anna).stream()
                .map(CredentialAudited::getSequence)
                .toList();
    }

    private static Published published() {
        return new Published(installation.kafka(), installation.format());
    }

    /** PostgreSQL prints bytes as hexadecimal digits. */
    private static boolean showsKey(String text) {
        var hex = HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.US_ASCII));
        return text.contains(CANARY) || text.contains(hex);
    }

    /** Every row of every table. */
    private static List<String> tables() throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = installation.postgres().getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            for (var table : List.of(
                    "users",
                    "user_llm_credentials",
                    "submitted_prompts",
                    "outbox",
                    "outbox_rejected",
                    "remembered_replies")) {
                try (var result = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
                    while (result.next()) {
                        rows.add(result.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    /** Every record of every topic, also of transactions that were aborted. */
    private static List<String> topics() {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", installation.kafka(), "isolation.level", "read_uncommitted");
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
            var partitions = consumer.listTopics().keySet().stream()
                    .filter(topic -> !topic.startsWith("__"))
                    .map(topic -> new TopicPartition(topic, 0))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var values = new ArrayList<String>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var found : consumer.poll(Duration.ofMillis(100))) {
                    values.add(new String(found.key(), StandardCharsets.ISO_8859_1)
                            + new String(found.value(), StandardCharsets.ISO_8859_1)
                            + found.headers());
                }
            }
            return values;
        }
    }
}
