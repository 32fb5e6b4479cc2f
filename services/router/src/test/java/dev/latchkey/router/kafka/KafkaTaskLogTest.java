package dev.latchkey.router.kafka;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.taskId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.KeyOwner;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaTaskLogTest {
    private static final InMemoryFormat FORMAT = new InMemoryFormat();

    @TempDir
    private static Path directory;

    private static Broker broker;

    @BeforeAll
    static void startWithFiveTasks() throws Exception {
        broker = Broker.start(directory.resolve("broker"));
        broker.create(3, Topics.AGENT_TASKS);
        for (int number = 1; number <= 5; number++) {
            put(0, FORMAT.serializer(Topics.AGENT_TASKS).serialize("", task(number)));
        }
        put(1, new byte[] {1, 2, 3});
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void hasTheLastOnesInOrder() {
        assertThat(log().last(0, 2)).containsExactly(task(4), task(5));
    }

    @Test
    void hasAllWhenThereAreNoMore() {
        assertThat(log().last(0, 100))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 5)
                        .mapToObj(KafkaTaskLogTest::task)
                        .toList());
    }

    @Test
    void passesOverWhatIsNoTask() {
        assertThat(log().last(1, 100)).isEmpty();
    }

    @Test
    void canBeEmpty() {
        assertThat(log().last(2, 100)).isEmpty();
    }

    private static KafkaTaskLog log() {
        return new KafkaTaskLog(broker.settings(), FORMAT);
    }

    private static void put(int partition, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                broker.settings().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.AGENT_TASKS.name(), partition, null, value))
                    .get();
        }
    }

    private static AgentTask task(int number) {
        return AgentTask.newBuilder()
                .setTaskId(taskId("p", number))
                .setNumber(number)
                .setPromptId(id("p"))
                .setUserId(ANNA)
                .setAgent("analyst")
                .setMessages(prompt("p").getMessages())
                .setAttempt(number)
                .setKeyOwner(KeyOwner.SYSTEM)
                .setProvider("openai")
                .setModelName("gpt-4o-mini")
                .setDeadline(NOW.plusSeconds(60))
                .setRoutedAt(NOW)
                .build();
    }
}
