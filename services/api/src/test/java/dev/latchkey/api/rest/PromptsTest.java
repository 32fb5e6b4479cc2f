package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.rest.Neighbours.Asked;
import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromptsTest {
    private static final String PROMPTS = "/api/v1/users/me/prompts";
    private static final Answer UNKNOWN = Answer.problem(404, "Not found", "you have no such prompt");

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    private final Caller anna = api.caller();
    private final OwnOutbox outbox = api.outboxOf(anna);

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new RunningApi(directory, RunningApi.PLENTY);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void publishesAPromptForTheDefaultModel() {
        var answer = anna.post(PROMPTS, "{\"prompt\": \"What do I hold?\"}");

        var id = UUID.fromString(answer.text("prompt_id"));
        assertThat(answer).isEqualTo(accepted(id));
        var event = outbox.prompts().getFirst();
        assertThat(event)
                .isEqualTo(new PromptSubmitted(
                        id,
                        anna.userId(),
                        "analyst",
                        List.of(new Message(Role.USER, "What do I hold?")),
                        new ModelChoice(ModelChoiceKind.USER_DEFAULT, null, List.of()),
                        null,
                        null,
                        event.getSubmittedAt(),
                        null));
    }

    @Test
    void publishesAConversationForACertainCredentialWithADeadline() {
        var id = UUID.randomUUID();
        var credential =
                UUID.fromString(anna.register("openai", "sk-live-abcdefgh-wxyz").text("id"));

        var answer = anna.post(PROMPTS, """
                {"prompt_id": "%s", "agent": "trader", "model": {"credential_id": "%s"}, "deadline_seconds": 30,
                 "messages": [{"role": "system", "text": "Be brief."}, {"role": "assistant", "text": "Yes?"},
                              {"role": "user", "text": "Buy?"}]}""".formatted(id, credential));

        assertThat(answer).isEqualTo(accepted(id));
        var event = outbox.prompts().getFirst();
        assertThat(event)
                .isEqualTo(new PromptSubmitted(
                        id,
                        anna.userId(),
                        "trader",
                        List.of(
                                new Message(Role.SYSTEM, "Be brief."),
                                new Message(Role.ASSISTANT, "Yes?"),
                                new Message(Role.USER, "Buy?")),
                        new ModelChoice(ModelChoiceKind.CREDENTIAL, credential, List.of()),
                        new CredentialVersion(credential, 1L),
                        event.getSubmittedAt().plusSeconds(30),
                        event.getSubmittedAt(),
                        null));
    }

    @Test
    void publishesTheCredentialsThatAPromptFallsBackToInTheirOrder() {
        var first = register("gpt-4o-mini");
        var second = register("gpt-5");
        var third = register("gpt-6");
        anna.put(CREDENTIALS + "/" + second + "/default", "");

        var answer = submitWith(first, third, second);

        assertThat(answer.status()).isEqualTo(202);
        var event = outbox.prompts().getFirst();
        assertThat(event.getModelChoice())
                .isEqualTo(new ModelChoice(ModelChoiceKind.CREDENTIAL, first, List.of(third, second)));
        assertThat(event.getAfter()).isEqualTo(new CredentialVersion(second, 4L));
    }

    @Test
    void refusesToFallBackToACredentialOfSomebodyElse() {
        var foreign = UUID.fromString(
                api.caller().register("openai", "sk-live-abcdefgh-wxyz").text("id"));

        assertThat(submitWith(register("gpt-5"), foreign))
                .isEqualTo(
                        Answer.problem(422, "Unprocessable content", "you have no credential with this credential_id"));
        assertThat(outbox.prompts()).isEmpty();
    }

    @Test
    void publishesOnceWhatIsSubmittedTwice() {
        var body = "{\"prompt_id\": \"" + UUID.randomUUID() + "\", \"prompt\": \"Again?\", \"model\": \"system\"}";

        var first = anna.post(PROMPTS, body);
        var second = anna.post(PROMPTS, body);

        assertThat(second).isEqualTo(first);
        assertThat(outbox.prompts()).hasSize(1);
    }

    @Test
    void tellsNobodyThatSomebodyElseHasUsedAnId() {
        var id = UUID.randomUUID();
        var body = "{\"prompt_id\": \"" + id + "\", \"prompt\": \"Mine?\"}";
        api.caller().post(PROMPTS, body);

        assertThat(anna.post(PROMPTS, body)).isEqualTo(accepted(id));
        assertThat(outbox.prompts()).hasSize(1);
    }

    @Test
    void refusesACredentialOfSomebodyElse() {
        var foreign = api.caller().register("openai", "sk-live-abcdefgh-wxyz").text("id");

        var answer = anna.post(PROMPTS, "{\"prompt\": \"Mine?\", \"model\": {\"credential_id\": \"" + foreign + "\"}}");

        assertThat(answer)
                .isEqualTo(
                        Answer.problem(422, "Unprocessable content", "you have no credential with this credential_id"));
        assertThat(outbox.prompts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | a prompt has either prompt or messages",
                "{'prompt': 'a', 'messages': []} | a prompt has either prompt or messages",
                "{'messages': []} | a prompt has 1 to 200 messages",
                "{'messages': [null]} | message is missing",
                "{'messages': [{'role': 'user'}]} | text is missing",
                "{'messages': [{'role': 'boss', 'text': 'a'}]} | a role is system, user or assistant",
                "{'messages': 'a'} | the body is not valid: look at messages",
                "{'prompt': ' '} | no message may be blank",
                "{'prompt': 7} | the body is not valid: look at prompt",
                "{'prompt': 'a', 'agent': 'A!'} | agent must be 1 to 50 lower-case letters, digits or hyphens",
                "{'prompt': 'a', 'deadline_seconds': 0} | deadline_seconds must be 1 to 3600",
                "{'prompt': 'a', 'deadline_seconds': '9'} | the body is not valid: look at deadline_seconds",
                "{'prompt': 'a', 'model': 'best'} | model must be \"default\", \"system\", {\"credential_id\": a UUID} or {\"credential_ids\": [a UUID, ...]}",
                "{'prompt': 'a', 'model': {}} | model must be \"default\", \"system\", {\"credential_id\": a UUID} or {\"credential_ids\": [a UUID, ...]}",
                "{'prompt': 'a', 'model': {'credential_ids': []}} | credential_ids are 1 to 5 UUIDs, each once",
                "{'prompt': 'a', 'model': {'credential_ids': ['018f3a00-0000-7000-8000-000000000001', '018f3a00-0000-7000-8000-000000000001']}} | credential_ids are 1 to 5 UUIDs, each once",
                "{'prompt': 'a', 'model': {'credential_ids': 'x'}} | credential_ids are 1 to 5 UUIDs, each once",
                "{'prompt': 'a', 'model': {'credential_ids': ['x']}} | model must be \"default\", \"system\", {\"credential_id\": a UUID} or {\"credential_ids\": [a UUID, ...]}",
                "{'prompt': 'a', 'model': {'credential_id': 7}} | model must be \"default\", \"system\", {\"credential_id\": a UUID} or {\"credential_ids\": [a UUID, ...]}",
                "{'prompt': 'a', 'prompt_id': 'b'} | the body is not valid: look at prompt_id",
            })
    void saysWhatIsWrongWithABody(String body, String detail) {
        assertThat(anna.post(PROMPTS, body.replace('\'', '"')))
                .isEqualTo(Answer.problem(422, "Unprocessable content", detail));
        assertThat(outbox.prompts()).isEmpty();
    }

    @Test
    void publishesNothingOfABodyThatIsNoJsonOrTooLarge() {
        assertThat(anna.post(PROMPTS, "{\"prompt\": "))
                .isEqualTo(Answer.problem(400, "Bad request", "the body is not JSON"));
        assertThat(anna.post(PROMPTS, "{\"prompt\": \"" + "p".repeat(300_000) + "\"}"))
                .isEqualTo(Answer.problem(413, "Content too large", "the body is larger than 262144 bytes"));
        assertThat(outbox.prompts()).isEmpty();
    }

    @Test
    void looksARunUpAtTheRouter() {
        var path = PROMPTS + "/" + UUID.randomUUID();
        api.neighbours().reply(path, 200, "{\"status\": \"answered\"}");

        var answer = anna.get(path);

        assertThat(answer).isEqualTo(Answer.ok("{\"status\": \"answered\"}").with("retry-after", "7"));
        assertThat(api.neighbours().asked()).contains(new Asked("GET", path, "Bearer " + anna.token(), ""));
    }

    @Test
    void saysThatAPromptIsAcceptedWhileTheRouterDoesNotKnowItYet() {
        var id = anna.post(PROMPTS, "{\"prompt\": \"What now?\"}").text("prompt_id");

        assertThat(anna.get(PROMPTS + "/" + id))
                .isEqualTo(Answer.ok("{\"prompt_id\": \"" + id + "\", \"status\": \"accepted\"}"));
        assertThat(api.caller().get(PROMPTS + "/" + id)).isEqualTo(UNKNOWN);
    }

    @Test
    void knowsNoPromptThatNobodySubmitted() {
        assertThat(anna.get(PROMPTS + "/" + UUID.randomUUID())).isEqualTo(UNKNOWN);
        assertThat(anna.get(PROMPTS + "/nonsense")).isEqualTo(UNKNOWN);
    }

    @Test
    void waitsForTheDeletionOfTheCredentialThatAPromptNames() {
        var id = anna.register("openai", "sk-live-abcdefgh-wxyz").text("id");
        anna.delete(CREDENTIALS + "/" + id);

        anna.post(PROMPTS, "{\"prompt\": \"Still?\", \"model\": {\"credential_id\": \"" + id + "\"}}");

        assertThat(outbox.prompts().getFirst().getAfter()).isEqualTo(new CredentialVersion(UUID.fromString(id), 2L));
    }

    private Answer submitWith(UUID... credentials) {
        var ids = Stream.of(credentials).map(id -> "\"" + id + "\"").collect(Collectors.joining(", "));
        return anna.post(PROMPTS, "{\"prompt\": \"Buy?\", \"model\": {\"credential_ids\": [" + ids + "]}}");
    }

    private UUID register(String model) {
        return UUID.fromString(anna.post(CREDENTIALS, """
                        {"provider": "openai", "api_key": "sk-live-abcdefgh-wxyz", "model_name": "%s"}""".formatted(model)).text("id"));
    }

    private static Answer accepted(UUID id) {
        var body = Answer.ok("{\"prompt_id\": \"" + id + "\", \"status\": \"accepted\"}")
                .body();
        return new Answer(202, "application/json", body, Map.of("location", PROMPTS + "/" + id));
    }
}
