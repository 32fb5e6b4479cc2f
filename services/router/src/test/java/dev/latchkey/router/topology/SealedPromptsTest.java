package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.KeyRefused;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.ProviderUnavailable;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sealed passes through unread. */
final class SealedPromptsTest {
    private static final ByteBuffer QUESTION = ByteBuffer.wrap(new byte[] {1, 2, 3});
    private static final ByteBuffer ANSWER = ByteBuffer.wrap(new byte[] {4, 5, 6});
    private static final AnswerGiven WITHOUT_TEXT = new AnswerGiven("", 11L, 22L, null);

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
    void handsTheSealedQuestionToTheWorkersAndTheSealedAnswerToTheUser() {
        router.submit(sealedPrompt());
        var task = router.tasks().getFirst();

        router.report(sealedResult(task, WITHOUT_TEXT));

        assertThat(task)
                .extracting(AgentTask::getSealedMessages, AgentTask::getMessages)
                .containsExactly(QUESTION, List.of());
        assertThat(router.runs().getLast())
                .extracting(AgentRun::getStatus, AgentRun::getSealedAnswer, AgentRun::getAnswer)
                .containsExactly(RunStatus.ANSWERED, ANSWER, null);
    }

    @Test
    void triesTheSealedQuestionAgain() {
        router.submit(sealedPrompt());

        router.report(result(router.tasks().getFirst(), new ProviderUnavailable("status 503", null)));
        router.pass(Duration.ofSeconds(2));

        assertThat(router.tasks())
                .extracting(AgentTask::getAttempt, AgentTask::getSealedMessages)
                .containsExactly(tuple(2, QUESTION));
    }

    static Stream<Arguments> brokenPrompts() {
        return Stream.of(
                Arguments.of(
                        PromptSubmitted.newBuilder(prompt("p")).setSealedMessages(QUESTION),
                        "messages are sealed or plain, and not both"),
                Arguments.of(
                        PromptSubmitted.newBuilder(prompt("p")).setMessages(List.of()), "there are 1 to 1000 messages"),
                Arguments.of(
                        PromptSubmitted.newBuilder(prompt("p"))
                                .setMessages(List.of())
                                .setSealedMessages(ByteBuffer.allocate(819_201)),
                        "sealedMessages has at most 819200 bytes"));
    }

    @ParameterizedTest
    @MethodSource("brokenPrompts")
    void buriesAPromptThatIsBothOrNeitherOrTooLong(PromptSubmitted.Builder prompt, String rule) {
        router.pipe(Topics.PROMPTS, ANNA.toString(), prompt.build());

        assertThat(router.letters())
                .extracting(DeadLettered::getReason, DeadLettered::getDetail)
                .containsExactly(tuple(DeadLetterReason.INVALID, rule));
        assertThat(router.runs()).isEmpty();
    }

    static Stream<Arguments> brokenResults() {
        return Stream.of(
                Arguments.of(new AnswerGiven("Fine.", null, null, null), "an answer is sealed or plain, and not both"),
                Arguments.of(new KeyRefused("why"), "an answer is sealed or plain, and not both"));
    }

    @ParameterizedTest
    @MethodSource("brokenResults")
    void buriesAResultThatIsBoth(Object outcome, String rule) {
        router.submit(sealedPrompt());

        router.report(sealedResult(router.tasks().getFirst(), outcome));

        assertThat(router.letters()).extracting(DeadLettered::getDetail).containsExactly(rule);
        assertThat(router.runs()).hasSize(1);
    }

    private static AgentResult sealedResult(AgentTask task, Object outcome) {
        return AgentResult.newBuilder(result(task, outcome))
                .setSealedAnswer(ANSWER)
                .build();
    }

    private static PromptSubmitted sealedPrompt() {
        return PromptSubmitted.newBuilder(prompt("p"))
                .setMessages(List.of())
                .setSealedMessages(QUESTION)
                .build();
    }
}
