package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.rest.OwnOutbox.Entry;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.Destination;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Unsealed;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrationTest {
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

    @AfterEach
    void bringVaultBack() {
        api.vault().comeBack();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, sk-live-abcdefgh-wxyz, gpt-4o-mini, sk-...wxyz",
        "google, AIzaSy-abcdefgh-wxyz, gemini-1.5-flash, ...wxyz",
        "anthropic, sk-ant-abcdefgh-wxyz, claude-3-sonnet-20240229, sk-...wxyz",
        "openai, sk-live-abcd, gpt-4o-mini, sk-...abcd",
        "openai, sk-live-abc, gpt-4o-mini, ...",
        "openai, sk-, gpt-4o-mini, ...",
    })
    void answersWithTheMaskedCredential(String provider, String key, String model, String masked) {
        var answer = anna.register(provider, key);

        assertThat(answer).isEqualTo(created(answer, """
                        {"id": "%s", "provider": "%s", "model_name": "%s", "base_url": null, "masked_key": "%s",
                         "is_default": false, "is_active": true, "status": "valid", "last_validated_at": "%s", "key_refused_at": null, "created_at": "%5$s",
                         "updated_at": "%5$s"}""".formatted(
                        answer.text("id"), provider, model, masked, answer.text("created_at"))));
    }

    @Test
    void sealsTheKeyForItsOwnerAndTellsEverybody() {
        var answer = anna.post(CREDENTIALS, """
                {"provider": "openai", "api_key": "sk-live-abcdefgh-wxyz", "model_name": "gpt-5", "is_default": true}""");

        assertThat(answer.body().path("is_default").asBoolean()).isTrue();
        var event = outbox.credentials().getFirst();
        assertThat(event.getDefaultRevision()).isEqualTo(1);
        var owner = new KeyOwner(anna.userId(), UUID.fromString(answer.text("id")), new Destination("openai", null));
        var sealed = new SealedKey(String.valueOf(event.getSealedKey()), event.getEncryptionKeyId());
        assertThat(api.vault().unseal(sealed, owner))
                .isEqualTo(new Unsealed.Opened(new ApiKey("sk-live-abcdefgh-wxyz")));
        assertThat(outbox.deeds()).containsExactly(entry(CredentialChange.REGISTERED, AuditResult.SUCCEEDED));
    }

    /** Sealed before the master key was rotated, to be stored after all others were sealed anew. */
    @Test
    void asksForAnotherTryWhenTheMasterKeyWasRotatedMeanwhile() {
        floor("INSERT INTO sealing_floor (encryption_key_id, version) VALUES ('fake', 2)");
        try {
            var answer = anna.register("openai", "sk-live-abcdefgh-wxyz");

            assertThat(answer)
                    .isEqualTo(Answer.problem(503, "Service unavailable", "the master key was just rotated")
                            .with("retry-after", "1"));
            assertThat(outbox.deeds()).containsExactly(entry(CredentialChange.REGISTERED, AuditResult.FAILED));
        } finally {
            floor("DELETE FROM sealing_floor");
        }
        assertThat(anna.register("openai", "sk-live-abcdefgh-wxyz").status()).isEqualTo(201);
    }

    private static void floor(String statement) {
        api.database().inTransaction(sql -> sql.update(statement));
    }

    @Test
    void takesAnOpenAiCompatibleProviderAtAnAllowedOrigin() {
        var url = api.allowedOrigin() + "/v1";

        var answer = anna.post(CREDENTIALS, """
                {"provider": "openai-compatible", "api_key": "sk-live-abcdefgh-wxyz", "model_name": "llama",
                 "base_url": "%s"}""".formatted(url));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("base_url")).isEqualTo(url);
    }

    @Test
    void refusesAKeyThatItsProviderRefuses() {
        var answer = anna.register("openai", "sk-bad-abcdefgh-wxyz");

        assertThat(answer).isEqualTo(Answer.problem(400, "Bad request", "openai does not accept this api_key"));
        assertNothingIsStored();
        assertThat(outbox.deeds()).containsExactly(entry(CredentialChange.REGISTERED, AuditResult.REFUSED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-ratelimited-wxyz", "sk-broken-wxyz"})
    void storesNothingWhenTheProviderCanNotBeAsked(String key) {
        var answer = anna.register("openai", key);

        assertThat(answer)
                .isEqualTo(Answer.problem(503, "Service unavailable", "openai could not be asked")
                        .with("retry-after", "10"));
        assertNothingIsStored();
    }

    @Test
    void storesNothingWhenTheProviderHangs(@TempDir Path directory) throws Exception {
        try (var impatient = new RunningApi(directory, RunningApi.Setup.usual().withPatience(Duration.ofSeconds(1)))) {
            var ben = impatient.caller();

            var answer = ben.register("openai", "sk-hang-wxyz");

            assertThat(answer)
                    .isEqualTo(Answer.problem(503, "Service unavailable", "openai could not be asked")
                            .with("retry-after", "10"));
            assertThat(ben.get(CREDENTIALS)).isEqualTo(Answer.ok("[]"));
        }
    }

    @Test
    void storesNothingWhileVaultIsAway() {
        api.vault().goAway();

        var answer = anna.register("openai", "sk-live-abcdefgh-wxyz");

        assertThat(answer)
                .isEqualTo(Answer.problem(503, "Service unavailable", "keys can not be sealed now")
                        .with("retry-after", "5"));
        assertNothingIsStored();
    }

    @Test
    void refusesASecondActiveCredentialForTheSameProviderAndModel() {
        anna.register("openai", "sk-live-abcdefgh-wxyz");

        var answer = anna.register("openai", "sk-bad-abcdefgh-wxyz");

        assertThat(answer)
                .isEqualTo(Answer.problem(
                        409, "Conflict", "you already have an active credential for that provider and model"));
        assertThat(outbox.credentials()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'provider': 'acme', 'api_key': 'sk-x'} | the provider must be one of openai, google, anthropic, openai-compatible",
                "{'api_key': 'sk-x'} | provider is missing",
                "{'provider': 'openai'} | api_key is missing",
                "{'provider': 'openai', 'api_key': 'two words'} | the body is not valid: look at api_key",
                "{'provider': 'openai', 'api_key': ''} | the body is not valid: look at api_key",
                "{'provider': 'openai', 'api_key': 7} | the body is not valid: look at api_key",
                "{'provider': ['openai'], 'api_key': 'sk-x'} | the body is not valid: look at provider",
                "{'provider': 'openai', 'api_key': 'sk-x', 'is_default': 'yes'} | the body is not valid: look at is_default",
                "{'provider': 'openai', 'api_key': 'sk-x', 'surprise': 1} | the body has a field that is not known; known are api_key, base_url, is_default, model_name, provider",
                "{'provider': 'openai', 'api_key': 'sk-x', 'model_name': 'two words'} | model_name must be 1 to 100 printable ASCII characters without spaces",
                "{'provider': 'openai', 'api_key': 'sk-x', 'base_url': 'https://a.test'} | base_url is needed for openai-compatible and not allowed for any other provider",
                "{'provider': 'openai-compatible', 'api_key': 'sk-x', 'model_name': 'm', 'base_url': 'http://a.test'} | base_url must be https",
                "{'provider': 'openai-compatible', 'api_key': 'sk-x', 'model_name': 'm', 'base_url': 'https://127.0.0.1/v1'} | base_url must be a public address",
                "{'provider': 'openai-compatible', 'api_key': 'sk-x', 'model_name': 'm', 'base_url': 'https://169.254.169.254/'} | base_url must be a public address",
                "{'provider': 'openai-compatible', 'api_key': 'sk-x', 'model_name': 'm', 'base_url': 'https://localhost/v1'} | base_url must be a public address",
                "[] | the body is not a JSON object",
                "`` | the body is not a JSON object",
            })
    void saysWhatIsWrongWithABody(String body, String detail) {
        var answer = anna.post(CREDENTIALS, body.replace('\'', '"'));

        assertThat(answer).isEqualTo(Answer.problem(422, "Unprocessable content", detail));
        assertNothingIsStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"provider\": ", "{} {}", "{\"provider\": \"openai\", \"provider\": \"openai\"}"})
    void refusesWhatIsNotJson(String body) {
        assertThat(anna.post(CREDENTIALS, body)).isEqualTo(Answer.problem(400, "Bad request", "the body is not JSON"));
        assertNothingIsStored();
    }

    /** Among them halves of characters, as they are left where somebody cut a text in the middle. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-\u00fcmlaut-0123456789",
                "sk-\ud83d\udd11-0123456789-\ud83d\udd11",
                "sk-0123456789-\\ud83d",
                "sk-0123456789-\\udd11",
                "\\ud83dsk-0123456789",
                "sk-0123456789-\\u0000",
            })
    void refusesAKeyThatIsNotAsciiAndShowsNothingOfIt(String key) throws Exception {
        var body = "{\"provider\": \"openai\", \"api_key\": \"" + key + "\"}";
        var request = anna.to(CREDENTIALS)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();

        var response = anna.http().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body())
                .contains("the body is not valid: look at api_key")
                .doesNotContain("0123456789", "\u00fc", "\ud83d\udd11", "sk-");
        assertNothingIsStored();
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        var body = "{\"provider\": \"openai\", \"api_key\": \"" + "k".repeat(300_000) + "\"}";

        assertThat(anna.post(CREDENTIALS, body))
                .isEqualTo(Answer.problem(413, "Content too large", "the body is larger than 262144 bytes"));
        assertNothingIsStored();
    }

    @Test
    void refusesAnotherMediaType() {
        var request = anna.to(CREDENTIALS).header("content-type", "text/plain").POST(BodyPublishers.ofString("{}"));

        assertThat(anna.send(request))
                .isEqualTo(Answer.problem(415, "Unsupported media type", "the body must be application/json"));
        assertNothingIsStored();
    }

    @Test
    void keepsAHarmlessRequestIdInTheHistory() {
        anna.send(anna.to(CREDENTIALS)
                .header("content-type", "application/json")
                .header("x-request-id", "upstream-7")
                .POST(BodyPublishers.ofString("{\"provider\": \"openai\", \"api_key\": \"sk-live-abcdefgh-wxyz\"}")));

        assertThat(outbox.history().getFirst().getRequestId()).isEqualTo("upstream-7");
    }

    private void assertNothingIsStored() {
        assertThat(anna.get(CREDENTIALS)).isEqualTo(Answer.ok("[]"));
        assertThat(outbox.credentials()).isEmpty();
    }

    private Entry entry(CredentialChange change, AuditResult result) {
        return new Entry(change, result, anna.userId().toString());
    }

    private static Answer created(Answer answer, String json) {
        return new Answer(201, "application/json", Answer.ok(json).body(), Map.of())
                .with("location", CREDENTIALS + "/" + answer.text("id"));
    }
}
