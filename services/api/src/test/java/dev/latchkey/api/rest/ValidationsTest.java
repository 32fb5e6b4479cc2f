package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.rest.Neighbours.Asked;
import dev.latchkey.api.rest.OwnOutbox.Entry;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialChanged;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValidationsTest {
    private static final String VALIDATE = CREDENTIALS + "/validate";

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

    @ParameterizedTest
    @CsvSource({
        "openai, sk-live-abcdefgh, gpt-4o-mini, true, openai accepts the key, SUCCEEDED",
        "openai, sk-bad-abcdefgh, gpt-4o-mini, false, openai does not accept the key, REFUSED",
        "google, AIza-live-abcdefgh, gemini-1.5-flash, true, google accepts the key, SUCCEEDED",
        "anthropic, sk-ant-bad-abcdefgh, claude-3-sonnet-20240229, false, anthropic does not accept the key, REFUSED",
    })
    void saysWhatTheProviderSaysAndStoresNothingButTheTrial(
            String provider, String key, String model, boolean isValid, String message, AuditResult result) {
        var answer = anna.post(VALIDATE, """
                {"provider": "%s", "api_key": "%s"}""".formatted(provider, key));

        assertThat(answer).isEqualTo(verdict(answer, isValid, provider, model, message));
        assertThat(outbox.credentials()).isEmpty();
        assertThat(outbox.deeds()).containsExactly(validated(result));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-ratelimited-wxyz", "sk-broken-wxyz"})
    void saysThatTheProviderCanNotBeAsked(String key) {
        var answer = anna.post(VALIDATE, """
                {"provider": "openai", "api_key": "%s"}""".formatted(key));

        assertThat(answer)
                .isEqualTo(Answer.problem(503, "Service unavailable", "openai could not be asked")
                        .with("retry-after", "10"));
        assertThat(outbox.deeds()).containsExactly(validated(AuditResult.FAILED));
    }

    @Test
    void hasAStoredKeyCheckedByAWorkerAndNotesWhen() {
        var registered = anna.register("openai", "sk-live-abcdefgh-wxyz");
        var id = registered.text("id");
        api.neighbours()
                .reply(
                        CREDENTIALS + "/" + id + "/check?revision=1",
                        200,
                        "{\"outcome\": \"accepted\", \"revision\": 1}");

        var answer = validate(id);

        assertThat(answer).isEqualTo(verdict(answer, true, "openai", "gpt-4o-mini", "openai accepts the key"));
        assertThat(anna.get(CREDENTIALS).body().get(0).path("last_validated_at").asText())
                .isGreaterThan(registered.text("last_validated_at"));
        assertThat(outbox.credentials())
                .extracting(CredentialChanged::getRevision)
                .containsExactly(1L, 2L);
        assertThat(outbox.deeds().getLast()).isEqualTo(validated(AuditResult.SUCCEEDED));
        assertThat(api.neighbours().asked())
                .contains(new Asked(
                        "POST",
                        CREDENTIALS + "/" + id + "/check?revision=1",
                        "Bearer " + anna.token(),
                        RunningApi.AGENT_SECRET.text()));
    }

    @Test
    void notesNothingOfAKeyThatItsOwnerReplacesWhileItIsChecked() {
        var id = anna.register("openai", "sk-live-abcdefgh-wxyz").text("id");
        var check = CREDENTIALS + "/" + id + "/check?revision=1";
        api.neighbours().reply(check, 200, "{\"outcome\": \"accepted\", \"revision\": 1}");
        api.neighbours()
                .beforeReplying(
                        check, () -> anna.put(CREDENTIALS + "/" + id, "{\"api_key\": \"sk-next-abcdefgh-wxyz\"}"));

        var answer = validate(id);

        assertThat(answer).isEqualTo(verdict(answer, true, "openai", "gpt-4o-mini", "openai accepts the key"));
        assertThat(outbox.credentials())
                .extracting(CredentialChanged::getRevision)
                .containsExactly(1L, 2L);
        var credential = anna.get(CREDENTIALS).body().get(0);
        assertThat(credential.path("last_validated_at")).isEqualTo(credential.path("updated_at"));
        assertThat(outbox.deeds())
                .endsWith(
                        new Entry(
                                CredentialChange.ROTATED,
                                AuditResult.SUCCEEDED,
                                anna.userId().toString()),
                        validated(AuditResult.SUCCEEDED));
    }

    /** So an agent-worker of an older version answers. */
    @Test
    void notesNothingWhileTheWorkerDoesNotSayWhichKeyItChecked() {
        var id = anna.register("openai", "sk-live-abcdefgh-wxyz").text("id");
        api.neighbours().reply(CREDENTIALS + "/" + id + "/check?revision=1", 200, "{\"outcome\": \"accepted\"}");

        var answer = validate(id);

        assertThat(answer).isEqualTo(verdict(answer, true, "openai", "gpt-4o-mini", "openai accepts the key"));
        assertThat(outbox.credentials()).hasSize(1);
    }

    @Test
    void notesInTheHistoryAloneThatAKeyIsRefusedWhileTheWorkerDoesNotSayWhich() {
        var id = anna.register("openai", "sk-live-abcdefgh-wxyz").text("id");
        api.neighbours().reply(CREDENTIALS + "/" + id + "/check?revision=1", 200, "{\"outcome\": \"refused\"}");

        var answer = validate(id);

        assertThat(answer).isEqualTo(verdict(answer, false, "openai", "gpt-4o-mini", "openai does not accept the key"));
        assertThat(outbox.credentials()).hasSize(1);
        assertThat(outbox.deeds().getLast()).isEqualTo(validated(AuditResult.REFUSED));
    }

    @Test
    void showsThatAStoredKeyIsRefusedUntilItIsAcceptedAgain() {
        var id = anna.register("openai", "sk-live-abcdefgh-wxyz").text("id");
        var check = CREDENTIALS + "/" + id + "/check?revision=";
        api.neighbours().reply(check + "1", 200, "{\"outcome\": \"refused\", \"revision\": 1}");
        api.neighbours().reply(check + "2", 200, "{\"outcome\": \"accepted\", \"revision\": 2}");

        validate(id);
        var refused = anna.get(CREDENTIALS).body().get(0);
        validate(id);
        var accepted = anna.get(CREDENTIALS).body().get(0);

        assertThat(refused.path("status").asText()).isEqualTo("refused");
        assertThat(refused.path("key_refused_at")).isEqualTo(refused.path("updated_at"));
        assertThat(accepted.path("status").asText()).isEqualTo("valid");
        assertThat(accepted.path("key_refused_at").isNull()).isTrue();
        assertThat(outbox.deeds()).endsWith(validated(AuditResult.REFUSED), validated(AuditResult.SUCCEEDED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"200 | {\"outcome\": \"unreachable\"}", "200 | not json", "404 | {}"})
    void saysThatAStoredKeyCouldNotBeCheckedNow(int status, String reply) {
        var id = anna.register("openai", "sk-live-abcdefgh-wxyz").text("id");
        api.neighbours().reply(CREDENTIALS + "/" + id + "/check?revision=1", status, reply);

        assertThat(validate(id))
                .isEqualTo(Answer.problem(503, "Service unavailable", "openai could not be asked")
                        .with("retry-after", "10"));
    }

    @Test
    void asksForPatienceWhileTheWorkerDoesNotKnowTheCredential() {
        var id = anna.register("openai", "sk-live-abcdefgh-wxyz").text("id");
        api.neighbours().reply(CREDENTIALS + "/" + id + "/check?revision=1", 503, "{}");

        assertThat(validate(id))
                .isEqualTo(Answer.problem(503, "Service unavailable", "the stored key can not be checked now")
                        .with("retry-after", "2"));
        assertThat(outbox.deeds().getLast()).isEqualTo(validated(AuditResult.FAILED));
    }

    @Test
    void asksAboutTheKeyThatReplacedTheFirst() {
        var id = anna.register("openai", "sk-live-abcdefgh-wxyz").text("id");
        anna.put(CREDENTIALS + "/" + id, "{\"api_key\": \"sk-next-abcdefgh-wxyz\"}");
        api.neighbours().reply(CREDENTIALS + "/" + id + "/check?revision=2", 200, "{\"outcome\": \"refused\"}");

        var answer = validate(id);

        assertThat(answer).isEqualTo(verdict(answer, false, "openai", "gpt-4o-mini", "openai does not accept the key"));
    }

    @Test
    void asksNobodyAboutACredentialThatIsNotTheUsers() {
        var foreign = api.caller().register("openai", "sk-live-abcdefgh-wxyz").text("id");

        var answer = validate(foreign);

        assertThat(answer).isEqualTo(Answer.problem(404, "Not found", "you have no such credential"));
        assertThat(validate(UUID.randomUUID().toString())).isEqualTo(answer);
        assertThat(api.neighbours().asked()).noneMatch(asked -> asked.path().contains(foreign));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | provider is missing",
                "{'provider': 'openai'} | api_key is missing",
                "{'provider': 'acme', 'api_key': 'sk-x'} | the provider must be one of openai, google, anthropic, openai-compatible",
                "{'provider': 'openai', 'credential_id': '018f3a00-0000-7000-8000-000000000001'} | credential_id stands alone",
                "{'credential_id': 'nonsense'} | the body is not valid: look at credential_id",
                "{'provider': 'openai-compatible', 'api_key': 'sk-x', 'model_name': 'm', 'base_url': 'https://10.0.0.1'} | base_url must be a public address",
            })
    void saysWhatIsWrongWithABody(String body, String detail) {
        assertThat(anna.post(VALIDATE, body.replace('\'', '"')))
                .isEqualTo(Answer.problem(422, "Unprocessable content", detail));
    }

    private Answer validate(String credentialId) {
        return anna.post(VALIDATE, "{\"credential_id\": \"" + credentialId + "\"}");
    }

    private Entry validated(AuditResult result) {
        return new Entry(CredentialChange.VALIDATED, result, anna.userId().toString());
    }

    private static Answer verdict(Answer answer, boolean isValid, String provider, String model, String message) {
        return Answer.ok("""
                {"is_valid": %s, "provider": "%s", "model_name": "%s", "message": "%s", "tested_at": "%s"}""".formatted(isValid, provider, model, message, answer.text("tested_at")));
    }
}
