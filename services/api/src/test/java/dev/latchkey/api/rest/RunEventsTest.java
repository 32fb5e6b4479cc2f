package dev.latchkey.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.following.RunFollowers;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AnswerContinued;
import dev.latchkey.events.RunState;
import dev.latchkey.events.RunStatus;
import dev.latchkey.runtime.Json;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs as their users follow them over HTTP, with a real broker behind. */
final class RunEventsTest {
    private static final InMemoryFormat FORMAT = new InMemoryFormat();

    @SuppressWarnings("NullAway.Init")
    private static Broker broker;

    @SuppressWarnings("NullAway.Init")
    private static Producer<String, byte[]> producer;

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    private final Caller caller = api.caller();
    private final UUID promptId = UUID.randomUUID();

    /** One event as a browser hears it. */
    private record Heard(String id, String event, String data) {
        static Heard of(List<String> lines) {
            return new Heard(field(lines, "id"), field(lines, "event"), field(lines, "data"));
        }

        private static String field(List<String> lines, String name) {
            return lines.stream()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }
    }

    @BeforeAll
    static void start(@TempDir Path directory, @TempDir Path logs) throws Exception {
        broker = Broker.start(logs);
        broker.create(2, Topics.AGENT_RUNS, Topics.ANSWER_PARTS);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringSerializer(), new ByteArraySerializer());
        api = new RunningApi(
                directory, RunningApi.Setup.usual().withFollowers(new RunFollowers(broker.settings(), FORMAT, 2)));
    }

    @AfterAll
    static void stop() {
        api.close();
        producer.close();
        broker.close();
    }

    @Test
    void tellsEveryMoveAndEveryPieceUntilTheEnd() throws Exception {
        theRouterKnowsTheRun();
        publish(run(RunStatus.RUNNING, RunState.RUNNING, null));
        publish(part(0, "Fi"));
        publish(part(1, "ne.\n\n\"Fine\""));
        publish(run(RunStatus.ANSWERED, RunState.ANSWERED, "Fine."));

        var heard = heard(stream("Last-Event-ID", "nothing of ours"));

        assertThat(heard.stream().filter(event -> event.event().equals("run")).map(Heard::data))
                .map(data -> Json.MAPPER.readTree(data).path("status").asText())
                .containsExactly("running", "answered");
        assertThat(heard.stream().filter(event -> event.event().equals("part")).map(Heard::data))
                .map(data -> Json.MAPPER.readTree(data).path("text").asText())
                .isSubsetOf("Fi", "ne.\n\n\"Fine\"");
        assertThat(Json.MAPPER.readTree(heard.getLast().data())).isEqualTo(Json.MAPPER.readTree("""
                {"status": "answered", "step": 1, "most_steps": 6, "reason": null, "message": null, "answer": "Fine.",
                 "updated_at": "2026-11-26T12:00:00Z"}"""));
    }

    @Test
    void goesOnAfterTheLastEventThatWasReceived() throws Exception {
        theRouterKnowsTheRun();
        publish(run(RunStatus.RUNNING, RunState.RUNNING, null));
        publish(run(RunStatus.RUNNING, RunState.RETRYING, null));
        publish(run(RunStatus.ANSWERED, RunState.ANSWERED, "Fine."));
        var first = heard(stream("Last-Event-ID", "nothing of ours")).getFirst();

        var rest = heard(stream("Last-Event-ID", first.id()));

        assertThat(rest)
                .map(event -> Json.MAPPER.readTree(event.data()).path("status").asText())
                .containsExactly("retrying", "answered");
    }

    @Test
    void tellsNobodyOfAnothersRun() throws Exception {
        api.neighbours().reply("/api/v1/users/me/prompts/" + promptId, 404, "{}");

        var answer = caller.get(path());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("detail")).isEqualTo("you have no such prompt");
    }

    @Test
    void saysWhenTheRouterDoesNot() throws Exception {
        api.neighbours().reply("/api/v1/users/me/prompts/" + promptId, 503, "{}");

        assertThat(caller.get(path()).status()).isEqualTo(503);
    }

    @Test
    void wantsAToken() throws Exception {
        assertThat(api.callerWithExpiredToken().get(path()).status()).isEqualTo(401);
    }

    private String stream(String header, String value) throws Exception {
        var answer = caller.http()
                .send(caller.to(path()).header(header, value).GET().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        return answer.body();
    }

    private String path() {
        return "/api/v1/users/me/prompts/" + promptId + "/events";
    }

    private void theRouterKnowsTheRun() {
        api.neighbours()
                .reply(
                        "/api/v1/users/me/prompts/" + promptId,
                        200,
                        "{\"submitted_at\": \"" + Instant.now().minusSeconds(5) + "\"}");
    }

    private static List<Heard> heard(String stream) {
        return Stream.of(stream.split("\n\n"))
                .map(block -> List.of(block.split("\n")))
                .filter(lines -> lines.getFirst().startsWith("id: "))
                .map(Heard::of)
                .toList();
    }

    private AgentRun run(RunStatus status, RunState state, @Nullable String answer) {
        var noon = Instant.parse("2026-11-26T12:00:00Z");
        return AgentRun.newBuilder()
                .setPromptId(promptId)
                .setUserId(caller.userId())
                .setAgent("analyst")
                .setStatus(status)
                .setState(state)
                .setStep(1)
                .setMostSteps(6)
                .setAnswer(answer)
                .setSubmittedAt(noon)
                .setUpdatedAt(noon)
                .build();
    }

    private AnswerContinued part(int sequence, String text) {
        return new AnswerContinued(promptId, caller.userId(), promptId, 1, 1, sequence, text, Instant.EPOCH);
    }

    private void publish(AgentRun run) {
        publish(Topics.AGENT_RUNS, run);
    }

    private void publish(AnswerContinued part) {
        publish(Topics.ANSWER_PARTS, part);
    }

    private <V extends SpecificRecord> void publish(Topic<V> topic, V event) {
        var value = FORMAT.serializer(topic).serialize(topic.name(), event);
        var _ = producer.send(new ProducerRecord<>(topic.name(), promptId.toString(), value));
        producer.flush();
    }
}
