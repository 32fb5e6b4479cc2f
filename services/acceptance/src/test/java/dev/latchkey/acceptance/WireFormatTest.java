package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.runtime.Json;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything that Latchkey puts on a topic can be read by any client of Confluent's: a zero byte, a schema id, Avro. */
@ExtendWith(OneStack.class)
final class WireFormatTest {
    @Test
    void everyRecordNamesASchemaThatTheRegistryKnows(Stack stack) throws IOException {
        fillTopics(stack);

        for (var topic : filled()) {
            var bytes = ByteBuffer.wrap(newest(stack, topic).get());

            assertThat(bytes.get()).as(topic.name()).isZero();
            assertThat(registered(stack, bytes.getInt())).as(topic.name()).isEqualTo(topic.schema());
        }
        assertThat(subjects(stack))
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream().map(Topic::subject).toList());
    }

    private static List<Topic<?>> filled() {
        return List.of(
                Topics.CREDENTIALS,
                Topics.CREDENTIAL_AUDIT,
                Topics.DEFAULT_MODELS,
                Topics.PROMPTS,
                Topics.AGENT_TASKS,
                Topics.AGENT_RESULTS,
                Topics.AGENT_RUNS,
                Topics.PNL,
                Topics.PNL_CLOSED,
                Topics.DEAD_LETTERS);
    }

    private static void fillTopics(Stack stack) {
        var user = User.withKey(stack, "sk-on-the-wire-00000001");
        var key = user.id().toString();
        try (var publisher = new Publisher(stack.kafka());
                var runs = new Runs(stack);
                var closings = new TopicTail<>(stack.kafka(), Topics.PNL_CLOSED);
                var letters = new TopicTail<>(stack.kafka(), Topics.DEAD_LETTERS)) {
            runs.finalOf(user.submit("Which bytes?"));
            publisher.publish(Topics.TRADES, key, Upstream.buy(user.id(), "1", "100"));
            publisher.publish(Topics.TRADES, key, Upstream.sell(user.id(), "1", "101"));
            publisher.publishBytes(Topics.TRADES, key, new byte[] {7});
            assertThat(closings.first(closing -> closing.getUserId().equals(user.id())))
                    .isPresent();
            assertThat(letters.first(letter -> letter.getSourceTopic().equals(Topics.TRADES.name())))
                    .isPresent();
        }
    }

    /** Records that others put there, to see what becomes of them, are no example: those of Latchkey are events. */
    private static <V extends SpecificRecord> Bytes newest(Stack stack, Topic<V> topic) {
        try (var tail = new TopicTail<>(stack.kafka(), topic)) {
            return tail.all().reversed().stream()
                    .filter(seen -> seen.is(_ -> true))
                    .flatMap(seen -> Stream.ofNullable(seen.bytes()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing on " + topic.name()));
        }
    }

    private static Schema registered(Stack stack, int id) throws IOException {
        var schema = ask(stack, "/apis/ccompat/v7/schemas/ids/" + id).path("schema");
        return new Schema.Parser().parse(schema.asText());
    }

    private static List<String> subjects(Stack stack) throws IOException {
        var subjects = new ArrayList<String>();
        ask(stack, "/apis/ccompat/v7/subjects").forEach(subject -> subjects.add(subject.asText()));
        return subjects;
    }

    private static JsonNode ask(Stack stack, String path) throws IOException {
        var address = URI.create(stack.ports().url(Listener.REGISTRY) + path);
        try (var in = address.toURL().openStream()) {
            return Objects.requireNonNull(Json.MAPPER.readTree(in));
        }
    }
}
