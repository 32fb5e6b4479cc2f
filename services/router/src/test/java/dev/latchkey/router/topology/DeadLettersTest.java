package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.credential;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptWith;
import static dev.latchkey.router.Given.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DeadLettersTest {
    private final RouterRig router = RouterRig.usual();

    @AfterEach
    void close() {
        router.close();
    }

    static Stream<Topic<?>> inputs() {
        return Stream.of(
                Topics.CREDENTIALS, Topics.PROMPTS, Topics.AGENT_RESULTS, Topics.RUN_CONTROLS, Topics.KEY_USES);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void buriesBytesThatAreNoEventAndGoesOn(Topic<?> topic) {
        router.pipe(topic, "k", "junk!".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        router.change(active("a", 1, 1));
        router.submit(prompt("p"));

        assertThat(router.letters())
                .extracting(
                        DeadLettered::getSourceTopic,
                        DeadLettered::getSourceOffset,
                        DeadLettered::getReason,
                        DeadLettered::getService)
                .containsExactly(tuple(topic.name(), 0L, DeadLetterReason.UNDECODABLE, "router"));
        assertThat(router.tasks()).hasSize(1);
    }

    static Stream<Arguments> brokenPrompts() {
        return Stream.of(
                Arguments.of(changed().setUserId(id("ben")).build(), "the record key is the userId"),
                Arguments.of(changed().setAgent("  ").build(), "agent is not blank"),
                Arguments.of(changed().setAgent("a".repeat(101)).build(), "agent has at most 100 characters"),
                Arguments.of(changed().setMessages(List.of()).build(), "there are 1 to 1000 messages"),
                Arguments.of(
                        changed()
                                .setMessages(Collections.nCopies(1001, said("x")))
                                .build(),
                        "there are 1 to 1000 messages"),
                Arguments.of(
                        changed()
                                .setMessages(List.of(said("x".repeat(262_145))))
                                .build(),
                        "all messages together have at most 262144 characters"),
                Arguments.of(
                        promptWith("p", new ModelChoice(ModelChoiceKind.CREDENTIAL, null, List.of())),
                        "credentialId is there for CREDENTIAL and only then"),
                Arguments.of(
                        promptWith("p", new ModelChoice(ModelChoiceKind.USER_DEFAULT, id("a"), List.of())),
                        "credentialId is there for CREDENTIAL and only then"));
    }

    @ParameterizedTest
    @MethodSource("brokenPrompts")
    void buriesAPromptThatBreaksARule(PromptSubmitted prompt, String rule) {
        router.change(active("a", 1, 1));

        router.pipe(Topics.PROMPTS, ANNA.toString(), prompt);

        assertThat(router.letters())
                .extracting(DeadLettered::getReason, DeadLettered::getDetail)
                .containsExactly(tuple(DeadLetterReason.INVALID, rule));
        assertThat(router.runs()).isEmpty();
    }

    static Stream<Arguments> brokenChanges() {
        return Stream.of(
                Arguments.of("other", active("a", 1, 1), "the record key is the credentialId"),
                Arguments.of(id("a").toString(), active("a", 0, 0), "revision is at least 1"),
                Arguments.of(id("a").toString(), active("a", 1, 2), "defaultRevision is between 0 and revision"),
                Arguments.of(id("a").toString(), active("a", 1, -1), "defaultRevision is between 0 and revision"),
                Arguments.of(
                        id("a").toString(),
                        CredentialChanged.newBuilder(active("a", 1, 1))
                                .setSealedKey(null)
                                .build(),
                        "an active credential has a sealed key and the name of the key that sealed it"));
    }

    @ParameterizedTest
    @MethodSource("brokenChanges")
    void buriesACredentialChangeThatBreaksARule(String key, CredentialChanged change, String rule) {
        router.pipe(Topics.CREDENTIALS, key, change);

        assertThat(router.letters()).extracting(DeadLettered::getDetail).containsExactly(rule);
        assertThat(router.defaults()).isEmpty();
    }

    static Stream<Arguments> brokenResults() {
        var fine = new AnswerGiven("Fine.", null, null, null);
        var endless = new AnswerGiven("x".repeat(262_145), null, null, null);
        return Stream.of(
                Arguments.of("other", 1, fine, "the record key is the userId"),
                Arguments.of(ANNA.toString(), 0, fine, "attempt is at least 1"),
                Arguments.of(ANNA.toString(), 1, endless, "an answer has at most 262144 characters"));
    }

    @ParameterizedTest
    @MethodSource("brokenResults")
    void buriesAResultThatBreaksARule(String key, int attempt, AnswerGiven answer, String rule) {
        router.change(active("a", 1, 1));
        router.submit(promptWith("p", credential("a")));
        var result = result(router.tasks().getFirst(), answer);

        router.pipe(
                Topics.AGENT_RESULTS,
                key,
                AgentResult.newBuilder(result).setAttempt(attempt).build());

        assertThat(router.letters()).extracting(DeadLettered::getDetail).containsExactly(rule);
        assertThat(router.runs()).hasSize(1);
    }

    @Test
    void takesTheLongestAnswer() {
        router.change(active("a", 1, 1));
        router.submit(prompt("p"));

        router.report(result(router.tasks().getFirst(), new AnswerGiven("x".repeat(262_144), null, null, null)));

        assertThat(router.letters()).isEmpty();
        assertThat(router.runs()).hasSize(2);
    }

    private static PromptSubmitted.Builder changed() {
        return PromptSubmitted.newBuilder(prompt("p"));
    }

    private static Message said(String text) {
        return new Message(Role.USER, text);
    }
}
