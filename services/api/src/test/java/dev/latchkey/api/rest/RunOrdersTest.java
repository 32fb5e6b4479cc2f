package dev.latchkey.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.api.rest.Neighbours.Asked;
import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunControlled;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunOrdersTest {
    private static final String PROMPTS = "/api/v1/users/me/prompts";
    private static final Answer UNKNOWN = Answer.problem(404, "Not found", "you have no such prompt");
    private static final Answer NOT_WAITING = Answer.problem(409, "Conflict", "the run does not wait for approval");

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    private final Caller anna = api.caller();
    private final OwnOutbox outbox = api.outboxOf(anna);
    private final UUID prompt = UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new RunningApi(directory, RunningApi.PLENTY);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void publishesAnApprovalOfARunThatWaits() {
        runIs("waiting_for_approval");

        var answer = decide("{\"approved\": true}");

        assertThat(answer).isEqualTo(accepted("approved"));
        var event = outbox.controls().getFirst();
        assertThat(event)
                .isEqualTo(new RunControlled(
                        event.getEventId(),
                        anna.userId(),
                        prompt,
                        RunControl.APPROVED,
                        null,
                        event.getRequestId(),
                        event.getOccurredAt()));
        assertThat(api.neighbours().asked())
                .contains(new Asked("GET", PROMPTS + "/" + prompt, "Bearer " + anna.token(), ""));
    }

    @Test
    void publishesARejectionOfOneCall() {
        runIs("waiting_for_approval");

        var answer = decide("{\"approved\": false, \"call_id\": \"call-2\"}");

        assertThat(answer).isEqualTo(accepted("rejected"));
        assertThat(outbox.controls())
                .extracting(RunControlled::getControl, RunControlled::getCallId)
                .containsExactly(tuple(RunControl.REJECTED, "call-2"));
    }

    @Test
    void refusesADecisionAboutACallThatIsNotPending() {
        runIs("waiting_for_approval");

        assertThat(decide("{\"approved\": true, \"call_id\": \"call-9\"}"))
                .isEqualTo(Answer.problem(
                        409, "Conflict", "the run does not wait for approval of a call with this call_id"));
        assertThat(outbox.controls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "retrying", "answered", "refused", "failed", "cancelled"})
    void refusesADecisionAboutARunThatDoesNotWait(String status) {
        runIs(status);

        assertThat(decide("{\"approved\": true}")).isEqualTo(NOT_WAITING);
        assertThat(outbox.controls()).isEmpty();
    }

    @Test
    void refusesADecisionAboutAPromptThatTheRouterHasNotSeen() {
        submit();

        assertThat(decide("{\"approved\": true}")).isEqualTo(NOT_WAITING);
        assertThat(outbox.controls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "retrying", "waiting_for_approval"})
    void publishesACancellationOfARunThatIsUnderWay(String status) {
        runIs(status);

        assertThat(cancel()).isEqualTo(accepted("cancelled"));
        assertThat(outbox.controls())
                .extracting(RunControlled::getPromptId, RunControlled::getControl)
                .containsExactly(tuple(prompt, RunControl.CANCELLED));
    }

    @Test
    void publishesACancellationOfAPromptThatTheRouterHasNotSeen() {
        submit();

        assertThat(cancel()).isEqualTo(accepted("cancelled"));
        assertThat(outbox.controls()).extracting(RunControlled::getControl).containsExactly(RunControl.CANCELLED);
    }

    @Test
    void cancelsOnceMoreWithoutHarm() {
        runIs("cancelled");

        assertThat(cancel()).isEqualTo(Answer.ok("{\"prompt_id\": \"" + prompt + "\", \"status\": \"cancelled\"}"));
        assertThat(outbox.controls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"answered", "refused", "failed"})
    void refusesToCancelARunThatHasEnded(String status) {
        runIs(status);

        assertThat(cancel()).isEqualTo(Answer.problem(409, "Conflict", "the run has ended: it is " + status));
        assertThat(outbox.controls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/approval | {\"approved\": true}", "/cancellation | {}"})
    void knowsNoPromptOfSomebodyElseAndNoneThatNobodySubmitted(String order, String body) {
        var others = api.caller().post(PROMPTS, "{\"prompt\": \"Mine?\"}").text("prompt_id");

        assertThat(anna.post(PROMPTS + "/" + others + order, body)).isEqualTo(UNKNOWN);
        assertThat(anna.post(PROMPTS + "/" + prompt + order, body)).isEqualTo(UNKNOWN);
        assertThat(anna.post(PROMPTS + "/nonsense" + order, body)).isEqualTo(UNKNOWN);
        assertThat(outbox.controls()).isEmpty();
    }

    /** Submitted or not: nobody can say whether the run can still obey. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/approval | {\"approved\": true}", "/cancellation | {}"})
    void ordersNothingWhileTheRouterIsAway(String order, String body) {
        submit();
        api.neighbours().reply(PROMPTS + "/" + prompt, 503, "{}");

        var answer = anna.post(PROMPTS + "/" + prompt + order, body);

        assertThat(answer)
                .isEqualTo(Answer.problem(503, "Service unavailable", "the neighbour does not answer")
                        .with("retry-after", "2"));
        assertThat(outbox.controls()).isEmpty();
    }

    @Test
    void takesACancellationWithoutABody() {
        runIs("running");

        var answer = anna.send(anna.to(PROMPTS + "/" + prompt + "/cancellation").POST(BodyPublishers.noBody()));

        assertThat(answer).isEqualTo(accepted("cancelled"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/approval | {} | approved is missing",
                "/approval | {'approved': 'yes'} | the body is not valid: look at approved",
                "/approval | {'approved': true, 'call_id': 7} | the body is not valid: look at call_id",
                "/cancellation | {'approved': true} | the body has a field that is not known",
            })
    void saysWhatIsWrongWithABody(String order, String body, String detail) {
        runIs("waiting_for_approval");

        var answer = anna.post(PROMPTS + "/" + prompt + order, body.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("detail")).isEqualTo(detail);
        assertThat(outbox.controls()).isEmpty();
    }

    @Test
    void ordersOnceUnderOneIdempotencyKey() {
        runIs("waiting_for_approval");

        var first = keyed();
        var second = keyed();

        assertThat(first).isEqualTo(accepted("approved"));
        assertThat(second).isEqualTo(first);
        assertThat(outbox.controls()).hasSize(1);
    }

    private Answer keyed() {
        return anna.send(anna.to(PROMPTS + "/" + prompt + "/approval")
                .header("content-type", "application/json")
                .header("idempotency-key", "order-1")
                .POST(BodyPublishers.ofString("{\"approved\": true}")));
    }

    private Answer decide(String body) {
        return anna.post(PROMPTS + "/" + prompt + "/approval", body);
    }

    private Answer cancel() {
        return anna.post(PROMPTS + "/" + prompt + "/cancellation", "{}");
    }

    private void submit() {
        anna.post(PROMPTS, "{\"prompt\": \"What now?\", \"prompt_id\": \"" + prompt + "\"}");
    }

    private void runIs(String status) {
        api.neighbours().reply(PROMPTS + "/" + prompt, 200, """
                {"prompt_id": "%s", "status": "%s", "pending_calls": [
                    {"call_id": "call-1", "tool": "propose_order", "arguments": {}},
                    {"call_id": "call-2", "tool": "propose_order", "arguments": {}}]}""".formatted(prompt, status));
    }

    private Answer accepted(String status) {
        var body = Answer.ok("{\"prompt_id\": \"" + prompt + "\", \"status\": \"" + status + "\"}")
                .body();
        return new Answer(202, "application/json", body, Map.of("location", PROMPTS + "/" + prompt));
    }
}
