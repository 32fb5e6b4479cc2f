package dev.latchkey.router.kafka;

import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunStatus;
import dev.latchkey.router.http.Issuer;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Json;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two routers share the users of one real broker; one of them goes. */
final class RouterOnKafkaTest {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<UUID> USERS =
            IntStream.range(0, 12).mapToObj(i -> id("user-" + i)).toList();

    private final InMemoryFormat format = new InMemoryFormat();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void knowsEveryUserOnEveryInstanceAndEndsEveryPromptOnce() throws Exception {
        try (var broker = broker();
                var issuer = new Issuer();
                var one = instance(broker, issuer, "one")) {
            var two = instance(broker, issuer, "two");
            try (two) {
                await().atMost(PATIENCE).until(() -> one.isRunning() && two.isRunning() && two.tasks() > 0);
                submitForAll(broker);
                awaitStatus(issuer, one, "running");
                awaitStatus(issuer, two, "running");

                answerEveryTaskTwice(broker);
                awaitStatus(issuer, one, "answered");
                awaitStatus(issuer, two, "answered");
            }
            awaitStatus(issuer, one, "answered");

            assertEveryPromptEndedOnce(broker);
        }
    }

    @Test
    void goesOnByItselfWhenTheBrokerComesBack() throws Exception {
        try (var broker = broker();
                var issuer = new Issuer();
                var router = instance(broker, issuer, "one")) {
            submitForAll(broker);
            awaitStatus(issuer, router, "running");

            broker.stop();
            broker.startAgain();
            answerEveryTaskTwice(broker);

            awaitStatus(issuer, router, "answered");
            assertEveryPromptEndedOnce(broker);
        }
    }

    private Broker broker() {
        var broker = Broker.start(directory.resolve("broker"));
        broker.create(PARTITIONS, Topics.all());
        return broker;
    }

    private Instance instance(Broker broker, Issuer issuer, String name) throws Exception {
        return new Instance(broker.settings(), format, new Bearer(issuer.verifier()), directory.resolve(name));
    }

    private void submitForAll(Broker broker) throws Exception {
        for (var user : USERS) {
            submit(broker, user);
        }
    }

    private void submit(Broker broker, UUID user) throws Exception {
        var credential = CredentialChanged.newBuilder(active("of-" + user, 1, 1))
                .setUserId(user)
                .build();
        var prompt = PromptSubmitted.newBuilder(prompt("of-" + user))
                .setUserId(user)
                .setAfter(new CredentialVersion(credential.getCredentialId(), 1L))
                .build();
        send(broker, Topics.PROMPTS, user.toString(), prompt);
        send(broker, Topics.CREDENTIALS, credential.getCredentialId().toString(), credential);
    }

    private void answerEveryTaskTwice(Broker broker) throws Exception {
        for (var task : read(broker, Topics.AGENT_TASKS, USERS.size())) {
            AgentResult result = result(task.value(), new AnswerGiven("Fine.", 1L, 1L, null));
            var key = task.key();
            send(broker, Topics.AGENT_RESULTS, key, result);
            send(broker, Topics.AGENT_RESULTS, key, result);
        }
    }

    private void assertEveryPromptEndedOnce(Broker broker) {
        assertThat(statuses(broker))
                .hasSize(USERS.size())
                .allSatisfy((_, statuses) -> assertThat(statuses)
                        .endsWith(RunStatus.RUNNING, RunStatus.ANSWERED)
                        .containsOnlyOnce(RunStatus.ANSWERED));
    }

    private Map<String, List<RunStatus>> statuses(Broker broker) {
        var statuses = new HashMap<String, List<RunStatus>>();
        read(broker, Topics.AGENT_RUNS, 2 * USERS.size())
                .forEach(run -> statuses.computeIfAbsent(run.key(), _ -> new ArrayList<>())
                        .add(run.value().getStatus()));
        return statuses;
    }

    private void awaitStatus(Issuer issuer, Instance instance, String status) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (var user : USERS) {
                var run = get(issuer, instance, user, "prompts/" + id("of-" + user));
                assertThat(run.statusCode()).isEqualTo(200);
                assertThat(Json.MAPPER.readTree(run.body()).get("status").asText())
                        .isEqualTo(status);
                assertThat(get(issuer, instance, user, "default-model").statusCode())
                        .isEqualTo(200);
            }
        });
    }

    private HttpResponse<String> get(Issuer issuer, Instance instance, UUID user, String path) throws Exception {
        var request = HttpRequest.newBuilder(instance.url().resolve("/api/v1/users/me/" + path))
                .header("Authorization", "Bearer " + issuer.token(user))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private <V extends SpecificRecord> void send(Broker broker, Topic<V> topic, String key, V event) throws Exception {
        try (var producer = new KafkaProducer<>(
                broker.settings().clientProperties(), new StringSerializer(), format.serializer(topic))) {
            producer.send(new ProducerRecord<>(topic.name(), key, event)).get();
        }
    }

    /** Reads from the start to the end what is committed, once there are so many records. */
    private <V extends SpecificRecord> List<ConsumerRecord<String, V>> read(Broker broker, Topic<V> topic, int least) {
        var properties = new HashMap<>(broker.settings().clientProperties());
        properties.putAll(Map.of(
                "group.id", "test-" + topic.name(),
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed"));
        var records = new ArrayList<ConsumerRecord<String, V>>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), format.deserializer(topic))) {
            consumer.subscribe(List.of(topic.name()));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= least && isAtEnd(consumer);
            });
        }
        return records;
    }

    private static boolean isAtEnd(KafkaConsumer<?, ?> consumer) {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
