package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.ContentRefused;
import dev.latchkey.events.CredentialUnusable;
import dev.latchkey.events.DeadlinePassed;
import dev.latchkey.events.KeyOwner;
import dev.latchkey.events.KeyRefused;
import dev.latchkey.events.Receipt;
import dev.latchkey.events.RequestRefused;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.events.RunStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ResultsTest {
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
    void answersWithAReceipt() {
        var task = released("p");

        router.report(result(task, new AnswerGiven("Fine.", 11L, 22L, "model-a-2026")));

        assertThat(router.runs())
                .containsExactly(new AgentRun(
                        id("p"),
                        ANNA,
                        "analyst",
                        RunStatus.ANSWERED,
                        "Fine.",
                        null,
                        null,
                        new Receipt(
                                KeyOwner.USER,
                                id("a"),
                                "sk-...wxyz",
                                "openai",
                                "model-a-2026",
                                1,
                                11L,
                                22L,
                                1L,
                                null,
                                null),
                        NOW,
                        NOW,
                        null,
                        RunState.ANSWERED,
                        1,
                        3,
                        List.of()));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(
                        new KeyRefused("status 401"),
                        RunStatus.FAILED,
                        RunReason.KEY_REFUSED,
                        "openai refused the key: status 401"),
                Arguments.of(
                        new RequestRefused("unknown model", false),
                        RunStatus.FAILED,
                        RunReason.REQUEST_REFUSED,
                        "openai refused the request: unknown model"),
                Arguments.of(
                        new RequestRefused("There is no agent of that name.", true),
                        RunStatus.FAILED,
                        RunReason.REQUEST_REFUSED,
                        "There is no agent of that name."),
                Arguments.of(
                        new ContentRefused("filtered"),
                        RunStatus.FAILED,
                        RunReason.CONTENT_REFUSED,
                        "openai refused the content: filtered"),
                Arguments.of(
                        new CredentialUnusable("it does not open", false),
                        RunStatus.REFUSED,
                        RunReason.CREDENTIAL_UNUSABLE,
                        "The credential could not be used: it does not open"),
                Arguments.of(
                        new DeadlinePassed(NOW),
                        RunStatus.FAILED,
                        RunReason.DEADLINE_PASSED,
                        "The deadline passed before an answer came."));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void endsAtOnceWhereNoOtherAttemptCanHelp(Object outcome, RunStatus status, RunReason reason, String message) {
        var task = released("p");

        router.report(result(task, outcome));

        assertThat(router.runs()).containsExactly(ended(status, reason, message, "sk-...wxyz"));
        assertThat(router.tasks()).isEmpty();
    }

    @Test
    void namesNoKeyWhereNoCallWasMade() {
        var task = released("p");
        var unused = AgentResult.newBuilder(result(task, new CredentialUnusable("it does not open", false)))
                .setMaskedKey(null)
                .build();

        router.report(unused);

        assertThat(router.runs())
                .containsExactly(ended(
                        RunStatus.REFUSED,
                        RunReason.CREDENTIAL_UNUSABLE,
                        "The credential could not be used: it does not open",
                        null));
    }

    @Test
    void refusesWhenTheCredentialWasDeletedOnTheWay() {
        var task = released("p");
        router.change(deleted("a", 2, 1));

        router.report(result(task, new CredentialUnusable("deleted", false)));

        assertThat(router.runs()).containsExactly(endedByDeletion());
    }

    @Test
    void saysTheSameWhenAWorkerHearsOfTheDeletionFirst() {
        var task = released("p");

        router.report(result(task, new CredentialUnusable("deleted while its call ran", true)));
        router.change(deleted("a", 2, 1));

        assertThat(router.runs()).containsExactly(endedByDeletion());
    }

    @Test
    void ignoresEveryResultAfterTheFinalOne() {
        var task = released("p");
        router.report(result(task, new AnswerGiven("Fine.", null, null, null)));
        router.runs();

        router.report(result(task, new AnswerGiven("Fine.", null, null, null)));
        router.report(result(task, new AnswerGiven("Other.", null, null, null)));
        router.report(result(task, new KeyRefused("status 401")));

        assertThat(router.runs()).isEmpty();
    }

    @Test
    void ignoresAResultForAPromptItDoesNotKnow() {
        var task = released("p");

        router.report(AgentResult.newBuilder(result(task, new AnswerGiven("Fine.", null, null, null)))
                .setPromptId(id("other"))
                .build());

        assertThat(router.runs()).isEmpty();
        assertThat(router.letters()).isEmpty();
    }

    @Test
    void ignoresAResultInAnotherUsersName() {
        var task = released("p");

        router.report(AgentResult.newBuilder(result(task, new AnswerGiven("Fine.", null, null, null)))
                .setUserId(id("mallory"))
                .build());

        assertThat(router.runs()).isEmpty();
    }

    private AgentTask released(String name) {
        router.submit(prompt(name));
        router.runs();
        return router.tasks().getFirst();
    }

    private static AgentRun endedByDeletion() {
        return ended(
                RunStatus.REFUSED,
                RunReason.CREDENTIAL_INACTIVE,
                "The credential was deleted before there was an answer.",
                "sk-...wxyz");
    }

    private static AgentRun ended(RunStatus status, RunReason reason, String message, @Nullable String maskedKey) {
        return new AgentRun(
                id("p"),
                ANNA,
                "analyst",
                status,
                null,
                reason,
                message,
                new Receipt(KeyOwner.USER, id("a"), maskedKey, "openai", "model-of-a", 1, null, null, 1L, null, null),
                NOW,
                NOW,
                null,
                RunState.valueOf(status.name()),
                1,
                3,
                List.of());
    }
}
