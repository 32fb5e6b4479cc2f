package dev.latchkey.agent;

import static dev.latchkey.agent.Tasks.answered;
import static dev.latchkey.agent.Tasks.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.events.AgentResult;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that come and go in peace, while there is work. */
final class MovingPartitionsTest {
    private static final int TASKS = 3_000;
    private static final int ROOM = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final InMemoryFormat format = DoomedWorker.format();
    private final List<UUID> calls = new CopyOnWriteArrayList<>();

    @Test
    void costNoCallAndNoResult(@TempDir Path directory) throws Exception {
        try (var broker = Broker.start(directory)) {
            broker.create(4, Topics.AGENT_TASKS, Topics.AGENT_RESULTS, Topics.DEAD_LETTERS);
            var kafka = DoomedWorker.kafka(broker.bootstrap());
            try (var wiretap = new Wiretap(kafka, format)) {
                var tasks = putTasks(wiretap);
                var byTheSecond = new AtomicInteger();

                var first = Worker.sharing(kafka, format, counting(new AtomicInteger()), ROOM);
                try {
                    await().atMost(PATIENCE).until(() -> calls.size() > 300);
                    try (var _ = Worker.sharing(kafka, format, counting(byTheSecond), ROOM)) {
                        await().atMost(PATIENCE).until(() -> byTheSecond.get() > 300);
                        first.close();
                        wiretap.awaitBytes(Topics.AGENT_RESULTS, TASKS);
                    }
                } finally {
                    first.close();
                }

                var answered = wiretap.await(Topics.AGENT_RESULTS, TASKS).stream()
                        .map(Wiretap.Published::event)
                        .map(AgentResult::getTaskId)
                        .toList();
                assertThat(new HashSet<>(answered)).isEqualTo(tasks);
                assertThat(answered).hasSize(TASKS);
                assertThat(calls).hasSize(TASKS);
            }
        }
    }

    private Answerer counting(AtomicInteger own) {
        return task -> {
            calls.add(task.getTaskId());
            own.incrementAndGet();
            Thread.sleep(50);
            return answered(task);
        };
    }

    private static Set<UUID> putTasks(Wiretap wiretap) throws Exception {
        var ids = new HashSet<UUID>();
        for (int i = 0; i < TASKS; i++) {
            var task = saying("" + i);
            wiretap.putSoon(Topics.AGENT_TASKS, task.getUserId().toString(), task);
            ids.add(task.getTaskId());
        }
        wiretap.flush();
        return ids;
    }
}
