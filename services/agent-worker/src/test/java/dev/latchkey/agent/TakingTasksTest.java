package dev.latchkey.agent;

import static dev.latchkey.agent.Tasks.HANG;
import static dev.latchkey.agent.Tasks.answered;
import static dev.latchkey.agent.Tasks.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.agent.Wiretap.Published;
import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.TestProgram;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers on a real broker. The topic of tasks has one partition, so that all tasks are behind one another. */
@SuppressWarnings("NullAway.Init")
final class TakingTasksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final TopicPartition TASKS = new TopicPartition(Topics.AGENT_TASKS.name(), 0);

    private final InMemoryFormat format = DoomedWorker.format();
    private final CopyOnWriteArrayList<AgentTask> taken = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private Broker broker;
    private KafkaSettings kafka;
    private Wiretap wiretap;

    @BeforeEach
    void start() {
        broker = Broker.start(directory);
        broker.create(1, Topics.AGENT_TASKS, Topics.AGENT_RESULTS, Topics.DEAD_LETTERS);
        kafka = DoomedWorker.kafka(broker.bootstrap());
        wiretap = new Wiretap(kafka, format);
    }

    @AfterEach
    void stop() {
        wiretap.close();
        broker.close();
    }

    @Test
    void slowTaskHoldsUpNoOther() throws Exception {
        var slow = saying("slow");
        var fast = List.of(saying("1"), saying("2"), saying("3"), saying("4"), saying("5"));
        var finish = new CountDownLatch(1);
        Answerer slowly = task -> {
            if (task.equals(slow)) {
                finish.await();
            }
            return answered(task);
        };

        try (var worker = Worker.start(kafka, format, slowly)) {
            put(slow);
            put(fast);

            assertThat(wiretap.await(Topics.AGENT_RESULTS, 5)).containsExactlyInAnyOrderElementsOf(results(fast));
            await().atMost(PATIENCE).until(() -> worker.running() == 1);
            finish.countDown();
            assertThat(wiretap.await(Topics.AGENT_RESULTS, 6)).contains(result(slow));
        }
    }

    @Test
    void givesEveryTaskAVirtualThreadOfItsOwn() throws Exception {
        var threads = ConcurrentHashMap.<Thread>newKeySet();

        try (var _ = Worker.start(kafka, format, task -> {
            threads.add(Thread.currentThread());
            return answered(task);
        })) {
            put(List.of(saying("1"), saying("2"), saying("3")));
            wiretap.await(Topics.AGENT_RESULTS, 3);
        }

        assertThat(threads).hasSize(3).allMatch(Thread::isVirtual);
    }

    @Test
    void worksOnNoMoreThanAllowedAndLosesNone() throws Exception {
        var tasks = new ArrayList<AgentTask>();
        for (int i = 0; i < 200; i++) {
            tasks.add(saying("" + i));
        }
        var finish = new CountDownLatch(1);
        Answerer waiting = task -> {
            finish.await();
            return answered(task);
        };
        put(tasks);

        try (var worker = Worker.start(kafka, format, waiting)) {
            await().atMost(PATIENCE).until(() -> worker.running() == Worker.MOST_TASKS);
            await().during(Duration.ofSeconds(1)).until(() -> worker.running() == Worker.MOST_TASKS);
            finish.countDown();

            assertThat(wiretap.await(Topics.AGENT_RESULTS, 200)).containsExactlyInAnyOrderElementsOf(results(tasks));
        }
    }

    @Test
    void nextWorkerAnswersWhatAStoppedOneLeftAndRepeatsNothing() throws Exception {
        var open = saying(HANG);
        var done = List.of(saying("1"), saying("2"), saying("3"));
        try (var stopped = Worker.start(kafka, format, Tasks.obeying())) {
            put(open);
            put(done);
            wiretap.await(Topics.AGENT_RESULTS, 3);
            await().atMost(PATIENCE).until(() -> stopped.running() == 1);
        }

        var last = saying("4");
        try (var _ = Worker.start(kafka, format, noting())) {
            put(last);
            wiretap.await(Topics.AGENT_RESULTS, 5);
        }

        assertThat(taken).containsExactlyInAnyOrder(open, last);
        assertThat(wiretap.await(Topics.AGENT_RESULTS, 5))
                .containsExactlyInAnyOrderElementsOf(results(with(done, open, last)));
    }

    @Test
    void nextWorkerAnswersWhatAKilledOneLeftAndRepeatsNothing() throws Exception {
        var open = saying(HANG);
        var done = List.of(saying("1"), saying("2"), saying("3"));
        var doomed = TestProgram.java(DoomedWorker.class, broker.bootstrap())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("doomed.log").toFile())
                .start();
        try {
            put(open);
            put(done);
            wiretap.await(Topics.AGENT_RESULTS, 3);
            await().atMost(PATIENCE).until(() -> new OffsetAndMetadata(0, "2:4:gQ").equals(committed()));
        } finally {
            doomed.destroyForcibly().waitFor();
        }

        var last = saying("4");
        try (var _ = Worker.start(kafka, format, noting())) {
            put(last);
            wiretap.await(Topics.AGENT_RESULTS, 5);
        }

        assertThat(taken).containsExactlyInAnyOrder(open, last);
        assertThat(wiretap.await(Topics.AGENT_RESULTS, 5))
                .containsExactlyInAnyOrderElementsOf(results(with(done, open, last)));
    }

    @Test
    void setsAsideWhatIsNoTaskAndGoesOn() throws Exception {
        var misplaced = saying("misplaced");
        var bytes = format.serializer(Topics.AGENT_TASKS).serialize("", misplaced);
        var failing = saying("failing");
        var good = saying("good");
        wiretap.putBytes(Topics.AGENT_TASKS, "a", "no Avro".getBytes(StandardCharsets.UTF_8));
        wiretap.putBytes(Topics.AGENT_TASKS, "b", null);
        wiretap.putBytes(Topics.AGENT_TASKS, "c", bytes);
        put(failing);
        put(good);
        Answerer failingOnce = task -> {
            if (task.equals(failing)) {
                throw new IllegalStateException("sk-canary-0123456789-LEAK");
            }
            return answered(task);
        };

        try (var _ = Worker.start(kafka, format, failingOnce)) {
            assertThat(wiretap.await(Topics.AGENT_RESULTS, 1)).containsExactly(result(good));
            var letters = wiretap.await(Topics.DEAD_LETTERS, 4).stream()
                    .map(Published::event)
                    .toList();

            assertThat(letters)
                    .extracting(letter ->
                            DeadLettered.newBuilder(letter).setDetail("").build())
                    .containsExactlyInAnyOrder(
                            letter(0, "a", "no Avro".getBytes(StandardCharsets.UTF_8), DeadLetterReason.UNDECODABLE),
                            letter(1, "b", null, DeadLetterReason.UNDECODABLE),
                            letter(2, "c", bytes, DeadLetterReason.INVALID),
                            letter(
                                    3,
                                    failing.getUserId().toString(),
                                    format.serializer(Topics.AGENT_TASKS).serialize("", failing),
                                    DeadLetterReason.INVALID));
            assertThat(letters)
                    .extracting(DeadLettered::getDetail)
                    .contains(
                            "the value is null",
                            "the record key is not the userId",
                            "the worker failed on this task: IllegalStateException")
                    .noneMatch(detail -> detail.contains("LEAK"));
        }
    }

    @Test
    void takesNothingBeforeItMay() throws Exception {
        var task = saying("1");
        var open = new AtomicBoolean();
        put(task);

        try (var _ = Worker.start(kafka, format, noting(), open::get)) {
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(taken::isEmpty);
            open.set(true);

            assertThat(wiretap.await(Topics.AGENT_RESULTS, 1)).containsExactly(result(task));
        }
    }

    @Test
    void brokerThatGoesAndComesBackCostsNothingButTime() throws Exception {
        var before = saying("before");
        var during = saying("during");
        var after = saying("after");
        var finish = new CountDownLatch(1);
        Answerer waiting = task -> {
            taken.add(task);
            if (task.equals(during)) {
                finish.await();
            }
            return answered(task);
        };

        try (var _ = Worker.start(kafka, format, waiting)) {
            put(before);
            put(during);
            wiretap.await(Topics.AGENT_RESULTS, 1);
            await().atMost(PATIENCE).until(() -> taken.contains(during));
            broker.stop();
            finish.countDown();
            broker.startAgain();
            put(after);

            var results = wiretap.await(Topics.AGENT_RESULTS, 3);
            assertThat(results).contains(result(before), result(during), result(after));
        }
    }

    private Answerer noting() {
        return task -> {
            taken.add(task);
            return answered(task);
        };
    }

    private void put(AgentTask task) throws Exception {
        wiretap.put(Topics.AGENT_TASKS, task.getUserId().toString(), task);
    }

    private void put(List<AgentTask> tasks) throws Exception {
        for (var task : tasks) {
            put(task);
        }
    }

    private @Nullable OffsetAndMetadata committed() throws Exception {
        try (var admin = Admin.create(Map.<String, Object>copyOf(kafka.clientProperties()))) {
            var offsets = admin.listConsumerGroupOffsets("agent-worker")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(TASKS);
            return offsets == null ? null : new OffsetAndMetadata(offsets.offset(), offsets.metadata());
        }
    }

    private static List<AgentTask> with(List<AgentTask> some, AgentTask... more) {
        var all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private static Published<AgentResult> result(AgentTask task) {
        return new Published<>(task.getUserId().toString(), answered(task));
    }

    private static List<Published<AgentResult>> results(List<AgentTask> tasks) {
        return tasks.stream().map(TakingTasksTest::result).toList();
    }

    private static DeadLettered letter(long offset, String key, byte @Nullable [] value, DeadLetterReason reason) {
        return DeadLettered.newBuilder()
                .setSourceTopic(Topics.AGENT_TASKS.name())
                .setSourcePartition(0)
                .setSourceOffset(offset)
                .setKey(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
                .setValue(value == null ? null : ByteBuffer.wrap(value))
                .setReason(reason)
                .setDetail("")
                .setService("agent-worker")
                .setRejectedAt(Samples.NOW)
                .build();
    }
}
