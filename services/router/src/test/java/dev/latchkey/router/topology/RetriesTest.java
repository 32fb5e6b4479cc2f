package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptUntil;
import static dev.latchkey.router.Given.result;
import static dev.latchkey.router.Given.taskId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.ProviderUnavailable;
import dev.latchkey.events.RateLimited;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RetriesTest {
    private static final ProviderUnavailable OVERLOADED = new ProviderUnavailable("status 503", null);

    private final RouterRig router = RouterRig.usual();

    @BeforeEach
    void chooseADefault() {
        router.change(active("a", 1, 1));
    }

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void triesAgainAfterASecond() {
        var task = released(prompt("p"));
        router.report(result(task, OVERLOADED));
        router.pass(Duration.ofMillis(900));
        assertThat(router.tasks()).isEmpty();

        router.pass(Duration.ofMillis(100));

        assertThat(router.tasks())
                .containsExactly(AgentTask.newBuilder(task)
                        .setTaskId(taskId("p", 2))
                        .setNumber(2)
                        .setAttempt(2)
                        .setRoutedAt(NOW.plusSeconds(1))
                        .build());
        assertThat(router.runs())
                .extracting(
                        AgentRun::getStatus,
                        AgentRun::getMessage,
                        run -> run.getReceipt().getAttempts())
                .containsExactly(
                        tuple(RunStatus.RETRYING, "openai is unavailable: status 503: attempt 2 follows.", 1),
                        tuple(RunStatus.RUNNING, null, 2));
    }

    @Test
    void waitsOneTwoAndFourSecondsAndThenGivesUp() {
        var times = new ArrayList<Duration>();
        var task = released(prompt("p"));
        for (int pause : List.of(1, 2, 4)) {
            router.report(result(task, OVERLOADED));
            router.pass(Duration.ofSeconds(pause));
            task = router.tasks().getFirst();
            times.add(Duration.between(NOW, task.getRoutedAt()));
        }
        router.runs();

        router.report(result(task, OVERLOADED));

        assertThat(times).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(7));
        assertThat(router.runs())
                .extracting(AgentRun::getStatus, AgentRun::getReason, AgentRun::getMessage)
                .containsExactly(tuple(
                        RunStatus.FAILED,
                        RunReason.ATTEMPTS_EXHAUSTED,
                        "openai is unavailable: status 503, and 4 attempts are all there are."));
    }

    @Test
    void waitsUpToAQuarterLongerByChanceAndNotLongerThanTheProviderAsks() {
        try (var rig = RouterRig.withChance(0.8)) {
            rig.change(active("a", 1, 1));
            rig.submit(prompt("p"));
            rig.submit(prompt("q"));
            var tasks = rig.tasks();

            rig.report(result(tasks.getFirst(), OVERLOADED));
            rig.report(result(tasks.getLast(), new RateLimited(1_000L)));
            rig.pass(Duration.ofSeconds(2));

            assertThat(rig.tasks())
                    .extracting(AgentTask::getPromptId, AgentTask::getRoutedAt)
                    .containsExactly(tuple(id("q"), NOW.plusSeconds(1)), tuple(id("p"), NOW.plusMillis(1_200)));
        }
    }

    @Test
    void waitsAsLongAsTheProviderAsks() {
        router.report(result(released(prompt("p")), new RateLimited(30_000L)));

        router.pass(Duration.ofMillis(29_900));
        assertThat(router.tasks()).isEmpty();
        router.pass(Duration.ofMillis(100));

        assertThat(router.tasks()).extracting(AgentTask::getAttempt).containsExactly(2);
    }

    @Test
    void waitsAsLongAsAProviderAsksThatIsAway() {
        router.report(result(released(prompt("p")), new ProviderUnavailable("status 503", 30_000L)));

        router.pass(Duration.ofMillis(29_900));
        assertThat(router.tasks()).isEmpty();
        router.pass(Duration.ofMillis(100));

        assertThat(router.tasks())
                .extracting(AgentTask::getAttempt, AgentTask::getRoutedAt)
                .containsExactly(tuple(2, NOW.plusSeconds(30)));
        assertThat(router.runs())
                .extracting(AgentRun::getStatus, AgentRun::getMessage)
                .containsExactly(
                        tuple(RunStatus.RETRYING, "openai is unavailable: status 503: attempt 2 follows."),
                        tuple(RunStatus.RUNNING, null));
    }

    @Test
    void endsWhatWaitsForItsNextAttemptWhenTheCredentialIsDeleted() {
        router.report(result(released(prompt("p")), new RateLimited(300_000L)));
        router.runs();

        router.change(deleted("a", 2, 1));

        assertThat(router.runs())
                .extracting(
                        AgentRun::getStatus,
                        AgentRun::getReason,
                        AgentRun::getMessage,
                        run -> run.getReceipt().getAttempts())
                .containsExactly(tuple(
                        RunStatus.REFUSED,
                        RunReason.CREDENTIAL_INACTIVE,
                        "The credential was deleted before there was an answer.",
                        1));
        assertThat(router.dump(RouterStores.LISTENING)).isEmpty();
        router.pass(Duration.ofMinutes(5));
        assertThat(router.tasks()).isEmpty();
    }

    @Test
    void goesOnWaitingForItsNextAttemptWhenAnotherCredentialChanges() {
        router.report(result(released(prompt("p")), OVERLOADED));

        router.change(deleted("b", 2, 0));
        router.pass(Duration.ofSeconds(1));

        assertThat(router.tasks()).extracting(AgentTask::getAttempt).containsExactly(2);
    }

    @Test
    void doesNotRetryInThePast() {
        router.report(result(released(prompt("p")), new RateLimited(-30_000L)));

        router.pass(Duration.ofMillis(100));

        assertThat(router.runs())
                .extracting(AgentRun::getStatus, AgentRun::getUpdatedAt)
                .containsExactly(tuple(RunStatus.RETRYING, NOW), tuple(RunStatus.RUNNING, NOW.plusMillis(100)));
    }

    @Test
    void waitsASecondWhenARateLimitNamesNoTime() {
        router.report(result(released(prompt("p")), new RateLimited(null)));

        router.pass(Duration.ofSeconds(1));

        assertThat(router.tasks()).extracting(AgentTask::getAttempt).containsExactly(2);
    }

    @Test
    void ignoresASecondResultOfAnAttempt() {
        var first = released(prompt("p"));
        router.report(result(first, OVERLOADED));
        router.report(result(first, OVERLOADED));
        router.report(result(first, new AnswerGiven("Late.", null, null, null)));
        router.pass(Duration.ofSeconds(1));

        router.report(result(first, new AnswerGiven("Late.", null, null, null)));

        assertThat(router.tasks()).extracting(AgentTask::getAttempt).containsExactly(2);
        assertThat(router.runs())
                .extracting(AgentRun::getStatus)
                .containsExactly(RunStatus.RETRYING, RunStatus.RUNNING);
    }

    @Test
    void endsEveryPromptExactlyOnceWhateverTheWorkersReport() {
        var random = new Random(3);
        for (int i = 0; i < 50; i++) {
            router.submit(promptUntil("p" + i, NOW.plusSeconds(30)));
        }
        var seen = new ArrayList<>(router.tasks());

        for (int step = 0; step < 400; step++) {
            var task = seen.get(random.nextInt(seen.size()));
            router.report(result(task, anyOutcome(random)));
            router.pass(Duration.ofMillis(random.nextInt(200)));
            seen.addAll(router.tasks());
        }
        router.pass(Duration.ofMinutes(1));

        assertThat(router.runs().stream().filter(RetriesTest::isFinal))
                .extracting(AgentRun::getPromptId)
                .hasSize(50)
                .doesNotHaveDuplicates();
    }

    private static Object anyOutcome(Random random) {
        return random.nextInt(4) == 0 ? new AnswerGiven("Fine.", null, null, null) : OVERLOADED;
    }

    private static boolean isFinal(AgentRun run) {
        return switch (run.getStatus()) {
            case ANSWERED, REFUSED, FAILED -> true;
            case RUNNING, RETRYING -> false;
        };
    }

    private AgentTask released(PromptSubmitted prompt) {
        router.submit(prompt);
        router.runs();
        return router.tasks().getFirst();
    }
}
