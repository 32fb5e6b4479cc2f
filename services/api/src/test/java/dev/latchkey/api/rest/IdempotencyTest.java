package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.rest.OwnOutbox.Entry;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialChange;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are sent again under one idempotency key. */
final class IdempotencyTest {
    private static final String PROMPTS = "/api/v1/users/me/prompts";
    private static final String REGISTRATION = """
            {"provider": "openai", "api_key": "sk-live-abcdefgh-wxyz", "model_name": "gpt-5"}""";
    private static final Answer UNDERWAY =
            Answer.problem(409, "Conflict", "a request with this Idempotency-Key is being worked on");
    private static final Answer ANOTHER =
            Answer.problem(422, "Unprocessable content", "this Idempotency-Key was used for another request");

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
    void registersOnceAndSaysTheSameToTheByte() throws Exception {
        var first = raw("k-1", CREDENTIALS, REGISTRATION);
        anna.put(first.headers().firstValue("location").orElseThrow() + "/default", "");
        var second = raw("k-1", CREDENTIALS, REGISTRATION);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("location"))
                .isEqualTo(first.headers().firstValue("location"));
        assertThat(second.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(first.headers().firstValue("idempotency-replayed")).isEmpty();
        assertThat(second.headers().firstValue("idempotency-replayed")).hasValue("true");
        assertThat(anna.get(CREDENTIALS).body()).hasSize(1);
        assertThat(outbox.deeds())
                .containsExactly(
                        entry(CredentialChange.REGISTERED, AuditResult.SUCCEEDED),
                        entry(CredentialChange.MADE_DEFAULT, AuditResult.SUCCEEDED));
    }

    @Test
    void saysARefusalAgainWithoutAskingTheProviderAgain() {
        var body = "{\"provider\": \"openai\", \"api_key\": \"sk-bad-abcdefgh-wxyz\"}";
        int before = api.providerCalls();

        var first = post("k", CREDENTIALS, body);
        var second = post("k", CREDENTIALS, body);

        assertThat(first).isEqualTo(Answer.problem(400, "Bad request", "openai does not accept this api_key"));
        assertThat(second).isEqualTo(first);
        assertThat(api.providerCalls()).isEqualTo(before + 1);
        assertThat(outbox.deeds()).containsExactly(entry(CredentialChange.REGISTERED, AuditResult.REFUSED));
    }

    @Test
    void saysAgainThatAnotherWasInTheWayAlthoughItIsGone() {
        var id = anna.post(CREDENTIALS, REGISTRATION).text("id");
        var first = post("k", CREDENTIALS, REGISTRATION);
        anna.delete(CREDENTIALS + "/" + id);

        assertThat(first.status()).isEqualTo(409);
        assertThat(post("k", CREDENTIALS, REGISTRATION)).isEqualTo(first);
        assertThat(post("k-2", CREDENTIALS, REGISTRATION).status()).isEqualTo(201);
    }

    @Test
    void doesAgainWhatTheProviderCouldNotBeAskedAbout() {
        var body = "{\"provider\": \"openai\", \"api_key\": \"sk-broken-abcdefgh-wxyz\"}";
        int before = api.providerCalls();

        assertThat(post("k", CREDENTIALS, body).status()).isEqualTo(503);
        assertThat(post("k", CREDENTIALS, body).status()).isEqualTo(503);

        assertThat(api.providerCalls()).isEqualTo(before + 2);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherRequest() {
        post("k", CREDENTIALS, REGISTRATION);

        assertThat(post("k", CREDENTIALS, REGISTRATION.replace("gpt-5", "gpt-6")))
                .isEqualTo(ANOTHER);
        assertThat(outbox.credentials()).hasSize(1);
    }

    @Test
    void keepsPathsAndUsersApart() {
        var body = "{\"provider\": \"openai\", \"api_key\": \"sk-live-abcdefgh-wxyz\"}";

        assertThat(post("k", CREDENTIALS, body).status()).isEqualTo(201);
        assertThat(post("k", CREDENTIALS + "/validate", body).status()).isEqualTo(200);
        assertThat(api.caller()
                        .send(keyed(api.caller(), "k", CREDENTIALS, body))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void publishesAPromptOnceUnderTheIdThatWasGivenToIt() {
        var first = post("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", PROMPTS, "{\"prompt\": \"What now?\"}");
        var second = post("8e03978e-40d5-43dd-bc93-6894a57f9324", PROMPTS, "{\"prompt\": \"What now?\"}");

        assertThat(first.status()).isEqualTo(202);
        assertThat(second).isEqualTo(first);
        assertThat(outbox.prompts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"sk-live-abcdefgh, SUCCEEDED", "sk-bad-abcdefgh, REFUSED"})
    void validatesOnce(String key, AuditResult result) {
        var body = "{\"provider\": \"openai\", \"api_key\": \"" + key + "\"}";

        var first = post("k", CREDENTIALS + "/validate", body);

        assertThat(post("k", CREDENTIALS + "/validate", body)).isEqualTo(first);
        assertThat(outbox.deeds()).containsExactly(entry(CredentialChange.VALIDATED, result));
    }

    @Test
    void validatesAStoredKeyOnce() {
        var id = anna.post(CREDENTIALS, REGISTRATION).text("id");
        api.neighbours()
                .reply(
                        CREDENTIALS + "/" + id + "/check?revision=1",
                        200,
                        "{\"outcome\": \"accepted\", \"revision\": 1}");
        var body = "{\"credential_id\": \"" + id + "\"}";

        var first = post("k", CREDENTIALS + "/validate", body);

        assertThat(first.status()).isEqualTo(200);
        assertThat(post("k", CREDENTIALS + "/validate", body)).isEqualTo(first);
        assertThat(outbox.deeds())
                .containsExactly(
                        entry(CredentialChange.REGISTERED, AuditResult.SUCCEEDED),
                        entry(CredentialChange.VALIDATED, AuditResult.SUCCEEDED));
    }

    @Test
    void doesOneOfManyEqualRequestsAtTheSameInstant() throws Exception {
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 30; i++) {
            calls.add(() -> post("k", CREDENTIALS, REGISTRATION));
        }
        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : threads.invokeAll(calls)) {
                answers.add(call.get());
            }
        }

        var created = post("k", CREDENTIALS, REGISTRATION);
        assertThat(created.status()).isEqualTo(201);
        assertThat(Set.of(created, UNDERWAY)).containsAll(answers);
        assertThat(answers).contains(created);
        assertThat(outbox.credentials()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "\"unfinished", "in\"side", "back\\slash"})
    void refusesAKeyThatIsNone(String key) {
        assertThat(post(key, CREDENTIALS, REGISTRATION))
                .isEqualTo(Answer.problem(
                        400,
                        "Bad request",
                        "Idempotency-Key must be 1 to 255 printable ASCII characters without spaces, quotes and"
                                + " backslashes"));
        assertThat(outbox.history()).isEmpty();
    }

    @Test
    void refusesAKeyThatIsTooLongAndTwoKeys() {
        var two = keyed(anna, "k", CREDENTIALS, REGISTRATION).header("idempotency-key", "k-2");

        assertThat(post("k".repeat(256), CREDENTIALS, REGISTRATION).status()).isEqualTo(400);
        assertThat(anna.send(two).status()).isEqualTo(400);
        assertThat(post("k".repeat(255), CREDENTIALS, REGISTRATION).status()).isEqualTo(201);
    }

    @Test
    void keepsNoKeyAndNothingThatTellsOne() {
        post("sk-live-as-key-0001", CREDENTIALS, REGISTRATION);

        assertThat(rows())
                .singleElement()
                .asString()
                .doesNotContain("sk-live")
                .doesNotContain(HexFormat.of().formatHex("sk-live".getBytes(StandardCharsets.US_ASCII)))
                .contains("sk-...wxyz");
    }

    private List<String> rows() {
        return Postgres.rows(
                api.database(), "SELECT * FROM remembered_replies WHERE user_id = '" + anna.userId() + "'");
    }

    private Answer post(String key, String path, String body) {
        return anna.send(keyed(anna, key, path, body));
    }

    private HttpResponse<String> raw(String key, String path, String body) throws Exception {
        return anna.http().send(keyed(anna, key, path, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder keyed(Caller caller, String key, String path, String body) {
        return caller.to(path)
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .POST(BodyPublishers.ofString(body));
    }

    private Entry entry(CredentialChange change, AuditResult result) {
        return new Entry(change, result, anna.userId().toString());
    }
}
