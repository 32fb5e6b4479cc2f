package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.result;
import static dev.latchkey.router.Given.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.KeyPurpose;
import dev.latchkey.events.KeyUseResult;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.events.RateLimited;
import dev.latchkey.events.RunState;
import dev.latchkey.schemas.Topics;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that dies in a call leaves its task to another one, which asks the model again. */
final class RepeatedCallsTest {
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
    void countsACallThatWasBegunAgain() {
        var task = released();
        router.use(used(task));
        assertThat(router.runs()).isEmpty();

        router.use(used(task));
        router.report(result(task, new AnswerGiven("Fine.", 1L, 1L, null)));

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getState, run -> run.getReceipt().getAttempts())
                .containsExactly(tuple(RunState.RUNNING, 2), tuple(RunState.ANSWERED, 2));
    }

    @Test
    void countsTheFirstCallOfEachAttemptOnce() {
        var first = released();
        router.use(used(first));
        router.report(result(first, new RateLimited(null)));
        router.pass(Duration.ofSeconds(1));
        var second = router.tasks().getFirst();

        router.use(used(second));
        router.report(result(second, new AnswerGiven("Fine.", 1L, 1L, null)));

        assertThat(router.runs().getLast().getReceipt().getAttempts()).isEqualTo(2);
    }

    @Test
    void countsNothingElse() {
        var task = released();
        router.use(used(task));

        Stream.of(
                        KeyUsed.newBuilder(used(task)).setPurpose(KeyPurpose.CHECK),
                        KeyUsed.newBuilder(used(task)).setResult(KeyUseResult.REFUSED),
                        KeyUsed.newBuilder(used(task)).setPromptId(null),
                        KeyUsed.newBuilder(used(task)).setPromptId(id("other")),
                        KeyUsed.newBuilder(used(task)).setRequestId("other"),
                        KeyUsed.newBuilder(used(task)).setUserId(id("mallory")))
                .map(KeyUsed.Builder::build)
                .forEach(router::use);

        assertThat(router.runs()).isEmpty();
        assertThat(router.letters()).isEmpty();
    }

    @Test
    void buriesAUseUnderAnotherUsersKey() {
        router.pipe(Topics.KEY_USES, id("mallory").toString(), used(released()));

        assertThat(router.letters())
                .extracting(DeadLettered::getDetail)
                .containsExactly("the record key is the userId");
    }

    private AgentTask released() {
        router.submit(prompt("p"));
        router.runs();
        return router.tasks().getFirst();
    }
}
