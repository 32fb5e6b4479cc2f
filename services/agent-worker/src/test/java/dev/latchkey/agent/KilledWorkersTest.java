package dev.latchkey.agent;

import static dev.latchkey.agent.Tasks.saying;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers are killed one after the other while they work, and calls are counted where they cost. */
@SuppressWarnings("NullAway.Init")
final class KilledWorkersTest {
    private static final int TASKS = 3_000;
    private static final int KILLS = 6;
    private static final int BYTES_OF_A_CALL = 37;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final InMemoryFormat format = DoomedWorker.format();
    private final List<Path> files = new ArrayList<>();

    @TempDir
    private Path directory;

    private Broker broker;
    private KafkaSettings kafka;
    private Wiretap wiretap;

    @BeforeEach
    void start() throws IOException {
        broker = Broker.start(Files.createDirectory(directory.resolve("broker")));
        broker.create(4, Topics.AGENT_TASKS, Topics.AGENT_RESULTS, Topics.DEAD_LETTERS);
        kafka = DoomedWorker.kafka(broker.bootstrap());
        wiretap = new Wiretap(kafka, format);
    }

    @AfterEach
    void stop() {
        wiretap.close();
        broker.close();
    }

    @Test
    void repeatNoCallButThoseThatNobodyHadAnsweredAtTheKill() throws Exception {
        var random = new Random(20261126);
        var tasks = putTasks();
        var answeredBefore = new ArrayList<Set<UUID>>();

        for (int i = 0; i < KILLS; i++) {
            killAfter(200 + random.nextInt(400));
            answeredBefore.add(Set.copyOf(answered()));
        }
        var last = startWorker();
        try {
            wiretap.awaitBytes(Topics.AGENT_RESULTS, TASKS);
        } finally {
            last.destroyForcibly().waitFor();
        }

        var answered = answered();
        var calls = files.stream().map(NotingWorker::calls).toList();
        assertThat(answered).doesNotHaveDuplicates().hasSize(TASKS);
        assertThat(Set.copyOf(answered)).isEqualTo(tasks);
        for (int i = 0; i < KILLS; i++) {
            var needless = new HashSet<UUID>();
            calls.subList(i + 1, calls.size()).forEach(needless::addAll);
            needless.retainAll(answeredBefore.get(i));
            assertThat(needless).isEmpty();
        }
        assertThat(calls.stream().mapToInt(List::size).sum()).isBetween(TASKS, TASKS + KILLS * Worker.MOST_TASKS);
    }

    private Set<UUID> putTasks() throws Exception {
        var ids = new HashSet<UUID>();
        for (int i = 0; i < TASKS; i++) {
            AgentTask task = saying("" + i);
            wiretap.putSoon(Topics.AGENT_TASKS, task.getUserId().toString(), task);
            ids.add(task.getTaskId());
        }
        wiretap.flush();
        return ids;
    }

    private void killAfter(int calls) throws Exception {
        var worker = startWorker();
        var file = files.getLast();
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.exists(file) && Files.size(file) >= (long) calls * BYTES_OF_A_CALL);
        } finally {
            worker.destroyForcibly().waitFor();
        }
        forgetTheDead();
    }

    /** What time brings about, too: the group misses the member, and the broker the end of its transaction. */
    private void forgetTheDead() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.removeMembersFromConsumerGroup("agent-worker", new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
            var transactions = admin.listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith("agent-worker-"))
                    .collect(toSet());
            admin.fenceProducers(transactions).all().get();
        }
    }

    private Process startWorker() throws IOException {
        var file = directory.resolve("calls-" + files.size());
        files.add(file);
        return TestProgram.java(NotingWorker.class, broker.bootstrap(), file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(file.getFileName() + ".log").toFile())
                .start();
    }

    private List<UUID> answered() {
        return wiretap.await(Topics.AGENT_RESULTS, 0).stream()
                .map(Wiretap.Published::event)
                .map(AgentResult::getTaskId)
                .toList();
    }
}
