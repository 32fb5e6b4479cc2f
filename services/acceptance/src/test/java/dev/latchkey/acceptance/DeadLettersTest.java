package dev.latchkey.acceptance;

import static dev.latchkey.events.DeadLetterReason.INVALID;
import static dev.latchkey.events.DeadLetterReason.UNDECODABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no event costs nobody anything: it is put aside with where it came from and why, and its partition goes on. */
@ExtendWith(OneStack.class)
final class DeadLettersTest {
    private static final byte[] NO_EVENT = "{\"this\": \"is no Avro\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] UNKNOWN_SCHEMA = {0, 0x7f, 0x7f, 0x7f, 0x7f, 2, 4};

    static Stream<Topic<?>> inputs() {
        return Stream.of(
                Topics.CREDENTIALS,
                Topics.PROMPTS,
                Topics.AGENT_TASKS,
                Topics.AGENT_RESULTS,
                Topics.TRADES,
                Topics.DATA_KEYS,
                Topics.PRICES,
                Topics.CORPORATE_ACTIONS);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void whatIsNoEventIsPutAside(Topic<?> topic, Stack stack) {
        try (var publisher = new Publisher(stack.kafka());
                var letters = new TopicTail<>(stack.kafka(), Topics.DEAD_LETTERS)) {
            var noEvent = publisher.publishBytes(topic, "a key", NO_EVENT);
            var unknownSchema = publisher.publishBytes(topic, "a key", UNKNOWN_SCHEMA);

            assertThat(letterFor(noEvent, letters))
                    .returns(UNDECODABLE, DeadLettered::getReason)
                    .returns(ByteBuffer.wrap(NO_EVENT), DeadLettered::getValue)
                    .returns(ByteBuffer.wrap("a key".getBytes(StandardCharsets.UTF_8)), DeadLettered::getKey)
                    .satisfies(letter -> assertThat(letter.getDetail()).isNotBlank());
            assertThat(letterFor(unknownSchema, letters)).returns(UNDECODABLE, DeadLettered::getReason);
        }
    }

    @Test
    void promptsBehindOneThatBreaksARuleAreAnswered(Stack stack) {
        var user = User.withKey(stack, "sk-behind-such-a-prompt-0001");
        try (var publisher = new Publisher(stack.kafka());
                var letters = new TopicTail<>(stack.kafka(), Topics.DEAD_LETTERS);
                var runs = new Runs(stack)) {
            var partition = user.id().toString();
            var stranger = Upstream.prompt(UUID.randomUUID());
            var broken = publisher.publish(Topics.PROMPTS, partition, stranger);
            var fine = Upstream.prompt(user.id());
            publisher.publish(Topics.PROMPTS, partition, fine);

            assertThat(letterFor(broken, letters)).returns(INVALID, DeadLettered::getReason);
            assertThat(runs.finalOf(fine.getPromptId()).getStatus()).isEqualTo(RunStatus.ANSWERED);
        }
    }

    @Test
    void tradesBehindOneThatBreaksARuleAreBooked(Stack stack) {
        var user = User.of(stack);
        try (var publisher = new Publisher(stack.kafka());
                var letters = new TopicTail<>(stack.kafka(), Topics.DEAD_LETTERS)) {
            var partition = user.id().toString();
            var broken = publisher.publish(Topics.TRADES, partition, Upstream.buy(user.id(), "0", "100"));
            publisher.publish(Topics.TRADES, partition, Upstream.buy(user.id(), "2", "100"));
            publisher.publish(Topics.TRADES, partition, Upstream.sell(user.id(), "2", "101"));

            assertThat(letterFor(broken, letters)).returns(INVALID, DeadLettered::getReason);
            assertThat(Eventually.ask(() -> realized(user), amount -> amount.signum() != 0))
                    .isEqualByComparingTo("2");
        }
    }

    private static BigDecimal realized(User user) {
        var currencies = user.api().get(ApiClient.PNL).body().path("currencies");
        return new BigDecimal(currencies.path(0).path("realized_net").asText("0"));
    }

    private static DeadLettered letterFor(RecordMetadata record, TopicTail<DeadLettered> letters) {
        return letters.first(letter -> letter.getSourceTopic().equals(record.topic())
                        && letter.getSourcePartition() == record.partition()
                        && letter.getSourceOffset() == record.offset())
                .orElseThrow(() -> new AssertionError("no dead letter for " + record));
    }
}
