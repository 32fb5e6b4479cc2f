package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.api.Postgres;
import dev.latchkey.api.rest.OwnOutbox.Entry;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.Destination;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Unsealed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CredentialsTest {
    private static final Answer UNKNOWN = Answer.problem(404, "Not found", "you have no such credential");

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    private final Caller anna = api.caller();
    private final Caller ben = api.caller();
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
    void listsTheUsersOwnNewestFirst() {
        var first = registered("gpt-4o-mini");
        var second = registered("gpt-5");
        ben.register("openai", "sk-bens-abcdefgh-1234");

        var answer = anna.get(CREDENTIALS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).containsExactly(second.body(), first.body());
    }

    @Test
    void movesTheDefault() {
        var first = registered("gpt-4o-mini");
        var second = registered("gpt-5");
        anna.put(one(first) + "/default", "");

        var answer = anna.put(one(second) + "/default", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("is_default").asBoolean()).isTrue();
        assertThat(defaults()).containsExactly(second.text("id"));
        assertThat(deeds())
                .containsExactly(
                        CredentialChange.REGISTERED,
                        CredentialChange.REGISTERED,
                        CredentialChange.MADE_DEFAULT,
                        CredentialChange.MADE_DEFAULT);
    }

    @Test
    void hasExactlyOneDefaultAfterAndDuringConcurrentCalls() throws Exception {
        var ids = List.of(registered("a"), registered("b"), registered("c"), registered("d"));
        anna.put(one(ids.getFirst()) + "/default", "");
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 40; i++) {
            var id = ids.get(i % ids.size());
            calls.add(() -> anna.put(one(id) + "/default", "").status());
            calls.add(() -> defaults().size());
        }

        var results = inParallel(calls);

        assertThat(results).containsOnly(200, 1);
        assertThat(defaults()).hasSize(1);
    }

    @Test
    void wipesTheKeyOfADeletedCredential() {
        var id = registered("gpt-5").text("id");
        anna.put(CREDENTIALS + "/" + id + "/default", "");

        var answer = anna.delete(CREDENTIALS + "/" + id);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("is_active").asBoolean()).isFalse();
        assertThat(Postgres.rows(
                        api.database(),
                        "SELECT encrypted_api_key, key_fingerprint, is_active FROM user_llm_credentials WHERE id = '"
                                + id + "'"))
                .containsExactly("(,,f)");
        assertThat(outbox.credentials().getLast())
                .returns(null, CredentialChanged::getSealedKey)
                .returns(false, CredentialChanged::getIsActive);
        assertThat(deeds())
                .containsExactly(CredentialChange.REGISTERED, CredentialChange.MADE_DEFAULT, CredentialChange.DELETED);
    }

    @Test
    void leavesTheUserWithoutDefaultWhenTheDefaultIsDeleted() {
        registered("gpt-4o-mini");
        var preferred = registered("gpt-5");
        anna.put(one(preferred) + "/default", "");

        anna.delete(one(preferred));

        assertThat(defaults()).isEmpty();
        assertThat(anna.get(CREDENTIALS).body()).hasSize(1);
    }

    @Test
    void canRegisterAgainWhatWasDeleted() {
        anna.delete(one(registered("gpt-5")));

        assertThat(registered("gpt-5").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"PUT, /default", "PUT, ''", "DELETE, ''"})
    void answersAlikeForUnknownForeignDeletedAndMalformedIds(String method, String suffix) {
        var foreign = registered("gpt-5").text("id");
        var deleted = ben.register("openai", "sk-bens-abcdefgh-1234").text("id");
        ben.delete(CREDENTIALS + "/" + deleted);
        var before = outbox.history();

        var answers = List.of(
                call(ben, method, UUID.randomUUID() + suffix),
                call(ben, method, foreign + suffix),
                call(ben, method, deleted + suffix),
                call(ben, method, "nonsense" + suffix));

        assertThat(answers).containsOnly(UNKNOWN);
        assertThat(outbox.history()).isEqualTo(before);
    }

    @Test
    void rotatesTheKeyOfACredentialAndKeepsItsStanding() {
        var before = registered("gpt-5");
        anna.put(one(before) + "/default", "");

        var answer = anna.put(one(before), "{\"api_key\": \"sk-next-abcdefgh-9876\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("masked_key")).isEqualTo("sk-...9876");
        assertThat(defaults()).containsExactly(before.text("id"));
        var owner = new KeyOwner(anna.userId(), UUID.fromString(before.text("id")), new Destination("openai", null));
        var event = outbox.credentials().getLast();
        var sealed = new SealedKey(String.valueOf(event.getSealedKey()), event.getEncryptionKeyId());
        assertThat(api.vault().unseal(sealed, owner))
                .isEqualTo(new Unsealed.Opened(new ApiKey("sk-next-abcdefgh-9876")));
        assertThat(deeds())
                .containsExactly(CredentialChange.REGISTERED, CredentialChange.MADE_DEFAULT, CredentialChange.ROTATED);
    }

    @Test
    void changesTheModelOfACredential() {
        var before = registered("gpt-5");

        var answer = anna.put(one(before), "{\"model_name\": \"gpt-6\"}");

        assertThat(answer.text("model_name")).isEqualTo("gpt-6");
        assertThat(answer.text("masked_key")).isEqualTo("sk-...wxyz");
    }

    @Test
    void keepsTheOldKeyWhenTheNewOneIsRefusedOrCanNotBeChecked() {
        var before = registered("gpt-5");

        var refused = anna.put(one(before), "{\"api_key\": \"sk-bad-abcdefgh-9876\"}");
        var unchecked = anna.put(one(before), "{\"api_key\": \"sk-broken-abcdefgh-9876\"}");

        assertThat(refused).isEqualTo(Answer.problem(400, "Bad request", "openai does not accept this api_key"));
        assertThat(unchecked.status()).isEqualTo(503);
        assertThat(anna.get(CREDENTIALS).body()).containsExactly(before.body());
        assertThat(outbox.deeds())
                .containsExactly(
                        entry(CredentialChange.REGISTERED, AuditResult.SUCCEEDED),
                        entry(CredentialChange.ROTATED, AuditResult.REFUSED),
                        entry(CredentialChange.ROTATED, AuditResult.FAILED));
    }

    @Test
    void refusesARotationThatMakesADuplicateOrChangesNothing() {
        registered("gpt-5");
        var other = registered("gpt-6");

        assertThat(anna.put(one(other), "{\"model_name\": \"gpt-5\"}"))
                .isEqualTo(Answer.problem(
                        409, "Conflict", "you already have an active credential for that provider and model"));
        assertThat(anna.put(one(other), "{}"))
                .isEqualTo(Answer.problem(422, "Unprocessable content", "api_key or model_name is missing"));
    }

    private Answer registered(String model) {
        return anna.post(CREDENTIALS, """
                {"provider": "openai", "api_key": "sk-live-abcdefgh-wxyz", "model_name": "%s"}""".formatted(model));
    }

    private List<String> defaults() {
        var ids = new ArrayList<String>();
        for (JsonNode credential : anna.get(CREDENTIALS).body()) {
            if (credential.path("is_default").asBoolean()) {
                ids.add(credential.path("id").asText());
            }
        }
        return ids;
    }

    private List<CredentialChange> deeds() {
        return outbox.deeds().stream().map(Entry::change).toList();
    }

    private Entry entry(CredentialChange change, AuditResult result) {
        return new Entry(change, result, anna.userId().toString());
    }

    private static String one(Answer credential) {
        return CREDENTIALS + "/" + credential.text("id");
    }

    private static Answer call(Caller caller, String method, String path) {
        return method.equals("DELETE")
                ? caller.delete(CREDENTIALS + "/" + path)
                : caller.put(CREDENTIALS + "/" + path, "{\"model_name\": \"m\"}");
    }

    private static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
