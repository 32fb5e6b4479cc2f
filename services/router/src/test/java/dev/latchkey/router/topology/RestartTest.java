package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptAfter;
import static dev.latchkey.router.Given.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.RateLimited;
import dev.latchkey.events.RunStatus;
import dev.latchkey.router.runs.RunPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A router on another machine, with nothing but the changelogs of the one before. */
final class RestartTest {
    private final RouterRig before = RouterRig.usual();
    private final RouterRig after = new RouterRig(RunPolicy.usual(), before.now());

    @BeforeEach
    void leaveARunInEveryState() {
        before.change(active("a", 1, 1));
        before.submit(prompt("answered"));
        before.report(result(before.tasks().getFirst(), new AnswerGiven("Fine.", null, null, null)));
        before.submit(prompt("pausing"));
        before.report(result(before.tasks().getFirst(), new RateLimited(5_000L)));
        before.submit(prompt("released"));
        before.submit(promptAfter("waiting", "b", 2));
        after.restoreFrom(before);
    }

    @AfterEach
    void close() {
        before.close();
        after.close();
    }

    @Test
    void hasTheSameState() {
        assertThat(RouterRig.STORES)
                .allSatisfy(store -> assertThat(after.dump(store)).isEqualTo(before.dump(store)));
        assertThat(after.dump(RouterStores.RUNS)).hasSize(4);
    }

    @Test
    void remembersPromptsAndDefaults() {
        after.submit(prompt("answered"));
        after.change(active("a", 1, 1));

        assertThat(after.runs()).isEmpty();
        assertThat(after.defaults()).isEmpty();
    }

    @Test
    void keepsTheTimeOfARetry() {
        after.pass(Duration.ofMillis(4_900));
        assertThat(after.tasks()).isEmpty();

        after.pass(Duration.ofMillis(100));

        assertThat(after.tasks())
                .extracting(AgentTask::getPromptId, AgentTask::getAttempt)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(id("pausing"), 2));
    }

    @Test
    void foldsTheResultOfATaskReleasedBefore() {
        after.report(result(before.tasks().getLast(), new AnswerGiven("Fine.", null, null, null)));

        assertThat(after.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getStatus)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(id("released"), RunStatus.ANSWERED));
    }

    @Test
    void goesOnWaiting() {
        after.change(active("b", 2, 2));
        after.change(deleted("a", 3, 1));

        assertThat(after.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("waiting"));
    }
}
