package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptUntil;
import static dev.latchkey.router.Given.result;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
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
    void failsAPromptThatComesAfterItsDeadline() {
        router.submit(promptUntil("p", NOW.minusSeconds(1)));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getStatus, AgentRun::getReason)
                .containsExactly(tuple(RunStatus.FAILED, RunReason.DEADLINE_PASSED));
    }

    @Test
    void takesTheSubmittersDeadlineButNoneBeyondItsMemory() {
        router.submit(promptUntil("p", NOW.plusSeconds(30)));
        router.submit(promptUntil("q", NOW.plus(Duration.ofDays(365))));

        assertThat(router.tasks())
                .extracting(AgentTask::getDeadline)
                .containsExactly(NOW.plusSeconds(30), NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void givesUpWhenTheNextAttemptWouldBeAfterTheDeadline() {
        router.report(result(released(promptUntil("p", NOW.plusSeconds(20))), new RateLimited(30_000L)));

        assertThat(router.runs())
                .extracting(AgentRun::getStatus, AgentRun::getReason, AgentRun::getMessage)
                .containsExactly(tuple(
                        RunStatus.FAILED,
                        RunReason.ATTEMPTS_EXHAUSTED,
                        "openai asks to come back later, and another attempt would be after the deadline."));
    }

    @Test
    void startsNoAttemptAfterTheDeadlineAlsoWhenItSleptThroughIt() {
        router.report(result(released(promptUntil("p", NOW.plusSeconds(20))), OVERLOADED));
        router.runs();

        router.jump(Duration.ofSeconds(21));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getStatus, AgentRun::getReason)
                .containsExactly(tuple(RunStatus.FAILED, RunReason.DEADLINE_PASSED));
    }

    @Test
    void endsARunFromWhichNothingComesBackAfterItsDeadlineAndTheGrace() {
        released(promptUntil("p", NOW.plusSeconds(20)));
        router.pass(Duration.ofMillis(29_900));
        assertThat(router.runs()).isEmpty();

        router.pass(Duration.ofMillis(100));

        assertThat(router.runs())
                .extracting(AgentRun::getStatus, AgentRun::getReason, AgentRun::getMessage)
                .containsExactly(tuple(
                        RunStatus.FAILED, RunReason.DEADLINE_PASSED, "The deadline passed before an answer came."));
    }

    @Test
    void acceptsAnAnswerWithinTheGraceAndNoneAfterIt() {
        var inTime = released(promptUntil("p", NOW.plusSeconds(20)));
        var tooLate = released(promptUntil("q", NOW.plusSeconds(20)));
        router.pass(Duration.ofSeconds(29));
        router.report(result(inTime, new AnswerGiven("Fine.", null, null, null)));
        router.pass(Duration.ofSeconds(2));

        router.report(result(tooLate, new AnswerGiven("Fine.", null, null, null)));

        assertThat(router.runs())
                .extracting(AgentRun::getPromptId, AgentRun::getStatus)
                .containsExactly(tuple(id("p"), RunStatus.ANSWERED), tuple(id("q"), RunStatus.FAILED));
    }

    private AgentTask released(PromptSubmitted prompt) {
        router.submit(prompt);
        router.runs();
        return router.tasks().getFirst();
    }
}
