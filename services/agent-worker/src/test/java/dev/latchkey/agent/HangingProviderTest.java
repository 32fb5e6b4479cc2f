package dev.latchkey.agent;

import static dev.latchkey.agent.Tasks.answered;
import static dev.latchkey.agent.Tasks.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.events.AgentTask;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker on a real broker, with a provider that takes 50 ms and one that never answers. */
final class HangingProviderTest {
    private static final int ROOM = 20;
    private static final int TASKS = 400;

    private final InMemoryFormat format = DoomedWorker.format();
    private final AtomicInteger hanging = new AtomicInteger();
    private final Answerer oneOfTwoHangs = task -> {
        if (task.getProvider().equals("gemini")) {
            hanging.incrementAndGet();
            new CountDownLatch(1).await();
        }
        Thread.sleep(50);
        return answered(task);
    };

    @Test
    void delaysNoOtherProviderWithMoreTasksThanThereIsRoomFor(@TempDir Path directory) throws Exception {
        try (var broker = Broker.start(directory)) {
            broker.create(1, Topics.AGENT_TASKS, Topics.AGENT_RESULTS, Topics.DEAD_LETTERS);
            var kafka = DoomedWorker.kafka(broker.bootstrap());
            try (var wiretap = new Wiretap(kafka, format);
                    var _ = Worker.sharing(kafka, format, oneOfTwoHangs, ROOM)) {
                putAll(wiretap, "openai", 1);
                wiretap.await(Topics.AGENT_RESULTS, 1);
                var alone = timeOf(wiretap, 1);

                putAll(wiretap, "gemini", 5 * ROOM);
                await().until(() -> hanging.get() == ROOM / 2);
                var besideIt = timeOf(wiretap, 1 + TASKS);

                assertThat(besideIt).isLessThan(alone.multipliedBy(2));
                assertThat(hanging).hasValue(ROOM / 2);
            }
        }
    }

    /** Of so many tasks of the provider that answers, when so many results are there already. */
    private static Duration timeOf(Wiretap wiretap, int before) throws Exception {
        long start = System.nanoTime();
        putAll(wiretap, "openai", TASKS);
        wiretap.await(Topics.AGENT_RESULTS, before + TASKS);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void putAll(Wiretap wiretap, String provider, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            var task = AgentTask.newBuilder(saying("")).setProvider(provider).build();
            wiretap.put(Topics.AGENT_TASKS, task.getUserId().toString(), task);
        }
    }
}
