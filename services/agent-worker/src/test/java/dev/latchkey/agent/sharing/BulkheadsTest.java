package dev.latchkey.agent.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.agent.Samples;
import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.RateLimited;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BulkheadsTest {
    private static final int OF_ONE_SERVER = 2;
    private static final int WAITING = 8;

    private final AtomicReference<Instant> now = new AtomicReference<>(Samples.NOW);
    private final CopyOnWriteArrayList<AgentTask> asked = new CopyOnWriteArrayList<>();
    private final Semaphore answers = new Semaphore(0);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Answerer hangingOnGemini = task -> {
        asked.add(task);
        if (task.getProvider().equals("gemini") && now.get().isBefore(task.getDeadline())) {
            answers.acquire();
        }
        return answered(task);
    };
    private final Bulkheads bulkheads =
            new Bulkheads(hangingOnGemini, new Bulkheads.Shares(OF_ONE_SERVER, WAITING), now::get);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void answersTheOthersWhileOneServerHangs() throws Exception {
        start(5, "gemini");
        await().until(() -> bulkheads.waiting() == 3);

        var task = task("openai", null);

        assertThat(bulkheads.answer(task)).isEqualTo(answered(task));
        assertThat(asked).hasSize(OF_ONE_SERVER + 1);
    }

    @Test
    void tellsServersOfOneProviderApart() throws Exception {
        var tasks = List.of(
                task("gemini", "http://a/v1"),
                task("gemini", "http://A/v2"),
                task("gemini", "http://a:81/v1"),
                task("gemini", null));

        tasks.forEach(this::begin);
        begin(task("gemini", "http://a/v3"));

        await().until(() -> bulkheads.waiting() == 1);
        await().untilAsserted(() -> assertThat(asked).containsExactlyInAnyOrderElementsOf(tasks));
    }

    @Test
    void answersInOrderAsPlacesBecomeFree() {
        var tasks = new ArrayList<AgentTask>();
        for (int i = 0; i < 6; i++) {
            var task = task("gemini", null);
            int before = asked.size() + bulkheads.waiting();
            begin(task);
            await().until(() -> asked.size() + bulkheads.waiting() == before + 1);
            tasks.add(task);
        }

        for (int i = OF_ONE_SERVER; i < tasks.size(); i++) {
            int begun = i;
            answers.release();
            await().until(() -> asked.size() == begun + 1);
        }

        assertThat(asked).containsExactlyElementsOf(tasks);
    }

    @Test
    void waitsNoLongerThanUntilTheDeadline() throws Exception {
        start(OF_ONE_SERVER, "gemini");
        await().until(() -> asked.size() == OF_ONE_SERVER);
        var late = start(task("gemini", null));
        await().until(() -> bulkheads.waiting() == 1);

        now.set(Samples.DEADLINE);

        assertThat(late.get().getOutcome()).isInstanceOf(AnswerGiven.class);
        assertThat(bulkheads.waiting()).isZero();
    }

    @Test
    void sendsBackWhatTakesMoreThanHalfOfThePlacesToWaitOfAServerThatIsStuck() throws Exception {
        var all = start(OF_ONE_SERVER + WAITING, "gemini");
        await().until(() -> bulkheads.waiting() == WAITING);

        now.set(Samples.NOW.plusSeconds(11));

        await().until(() -> bulkheads.waiting() <= WAITING / 2);
        var sentBack = all.stream().filter(Future::isDone).toList();
        assertThat(sentBack).isNotEmpty();
        for (var each : sentBack) {
            assertThat(each.get().getOutcome()).isEqualTo(new RateLimited(15_000L));
        }
    }

    @Test
    void sendsNothingBackOfAServerThatIsSlow() {
        var all = start(OF_ONE_SERVER + WAITING, "gemini");
        await().until(() -> bulkheads.waiting() == WAITING);
        now.set(Samples.NOW.plusSeconds(9));
        answers.release();
        await().until(() -> bulkheads.waiting() == WAITING - 1);

        now.set(Samples.NOW.plusSeconds(18));

        await().during(Duration.ofSeconds(2)).until(() -> bulkheads.waiting() == WAITING - 1);
        assertThat(all).filteredOn(Future::isDone).hasSize(1);
    }

    private List<Future<AgentResult>> start(int count, String provider) {
        var results = new ArrayList<Future<AgentResult>>();
        for (int i = 0; i < count; i++) {
            results.add(start(task(provider, null)));
        }
        return results;
    }

    private void begin(AgentTask task) {
        var _ = start(task);
    }

    private Future<AgentResult> start(AgentTask task) {
        return threads.submit(() -> bulkheads.answer(task));
    }

    private static AgentTask task(String provider, @Nullable String baseUrl) {
        return Samples.task()
                .setTaskId(UUID.randomUUID())
                .setProvider(provider)
                .setBaseUrl(baseUrl)
                .build();
    }

    private static AgentResult answered(AgentTask task) {
        return AgentResult.newBuilder()
                .setTaskId(task.getTaskId())
                .setPromptId(task.getPromptId())
                .setUserId(task.getUserId())
                .setAttempt(task.getAttempt())
                .setOutcome(new AnswerGiven("", 1L, 1L, null))
                .setStartedAt(Samples.NOW)
                .setFinishedAt(Samples.NOW)
                .build();
    }
}
