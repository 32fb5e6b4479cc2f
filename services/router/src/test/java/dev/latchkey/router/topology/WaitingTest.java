package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.events.RunStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WaitingTest {
    private final RouterRig router = RouterRig.usual();

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void holdsAPromptUntilTheChangeThatItsSubmitterHadSeenArrives() {
        router.submit(promptAfter("p", "a", 1));
        router.pass(Duration.ofSeconds(1));
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getStatus, AgentRun::getStep, AgentRun::getMostSteps)
                .containsExactly(tuple(RunState.ACCEPTED, RunStatus.RUNNING, 0, 3));

        router.change(active("a", 1, 1));

        assertThat(router.tasks())
                .extracting(AgentTask::getPromptId, AgentTask::getCredential)
                .containsExactly(tuple(id("p"), new CredentialVersion(id("a"), 1L)));
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getStep)
                .containsExactly(tuple(RunState.RUNNING, 1));
        assertThat(router.dump(RouterStores.LISTENING)).isEmpty();
    }

    @Test
    void doesNotUseAnOlderStateOfTheCredential() {
        router.change(active("a", 1, 1));

        router.submit(promptAfter("p", "a", 2));
        assertThat(router.tasks()).isEmpty();
        router.runs();
        router.change(deleted("a", 2, 1));

        assertThat(router.runs())
                .extracting(AgentRun::getStatus, AgentRun::getReason)
                .containsExactly(tuple(RunStatus.REFUSED, RunReason.NO_DEFAULT_MODEL));
    }

    @Test
    void goesOnWaitingWhenAnotherChangeArrives() {
        router.submit(promptAfter("p", "a", 2));

        router.change(active("a", 1, 1));
        router.change(active("b", 3, 3));

        assertThat(router.tasks()).isEmpty();
    }

    @Test
    void doesNotWaitForWhatItHasSeen() {
        router.change(active("a", 3, 3));

        router.submit(promptAfter("p", "a", 2));

        assertThat(router.tasks()).hasSize(1);
    }

    @Test
    void holdsUpNoOtherPrompt() {
        router.change(active("a", 1, 1));
        router.submit(promptAfter("p", "a", 2));

        router.submit(prompt("q"));

        assertThat(router.tasks()).extracting(AgentTask::getPromptId).containsExactly(id("q"));
    }

    @Test
    void takesAWaitingPromptOnce() {
        router.submit(promptAfter("p", "a", 1));
        router.submit(promptAfter("p", "a", 1));

        router.change(active("a", 1, 1));

        assertThat(router.tasks()).hasSize(1);
    }

    @Test
    void failsAPromptThatWaitedUntilItsDeadline() {
        router.submit(promptAfter("p", "a", 1));
        router.runs();

        router.pass(Duration.ofMinutes(10));

        assertThat(router.runs())
                .extracting(AgentRun::getStatus, AgentRun::getReason)
                .containsExactly(tuple(RunStatus.FAILED, RunReason.DEADLINE_PASSED));
        router.change(active("a", 1, 1));
        assertThat(router.runs()).isEmpty();
        assertThat(router.tasks()).isEmpty();
    }
}
