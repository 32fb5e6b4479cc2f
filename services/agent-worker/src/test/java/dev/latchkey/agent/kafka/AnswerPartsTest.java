package dev.latchkey.agent.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.Samples;
import dev.latchkey.events.AnswerContinued;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class AnswerPartsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final InMemoryFormat format = new InMemoryFormat();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private Instant now = NOON;
    private final AnswerParts parts = new AnswerParts(producer, format, () -> now);

    @Test
    void publishesWhatIsSaidUnderThePromptsId() {
        var task = Samples.task().build();

        parts.of(task).accept("Well");

        assertThat(published())
                .containsExactly(new AnswerContinued(
                        task.getPromptId(), task.getUserId(), task.getTaskId(), 1, 1, 0, "Well", NOON));
        assertThat(producer.history().getFirst().key())
                .isEqualTo(task.getPromptId().toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void gathersWhatIsSaidWithinATenthOfASecond() {
        var hearer = parts.of(Samples.task().build());

        hearer.accept("a");
        hearer.accept("b");
        now = NOON.plusMillis(99);
        hearer.accept("c");
        now = NOON.plusMillis(100);
        hearer.accept("d");
        now = NOON.plus(Duration.ofSeconds(1));
        hearer.accept("e");

        assertThat(published()).extracting(AnswerContinued::getText).containsExactly("a", "bcd", "e");
        assertThat(published()).extracting(AnswerContinued::getSequence).containsExactly(0, 1, 2);
    }

    @Test
    void leavesOutWhatCanNotBePublishedAndDisturbsNobody() {
        producer.sendException = new TimeoutException("no broker");
        var hearer = parts.of(Samples.task().build());

        hearer.accept("lost");
        producer.sendException = null;
        now = NOON.plusSeconds(1);
        hearer.accept("heard");

        assertThat(published()).extracting(AnswerContinued::getText).containsExactly("heard");
    }

    private List<AnswerContinued> published() {
        try (var deserializer = format.deserializer(Topics.ANSWER_PARTS)) {
            return producer.history().stream()
                    .map(record -> deserializer.deserialize(record.topic(), record.value()))
                    .toList();
        }
    }
}
