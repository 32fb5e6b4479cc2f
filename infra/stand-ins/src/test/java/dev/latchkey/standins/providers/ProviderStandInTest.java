package dev.latchkey.standins.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.standins.local.Caller;
import dev.latchkey.standins.local.Listen;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderStandInTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String CHAT = "/v1/chat/completions";
    private static final String QUESTION =
            "{\"model\": \"gpt-4o-mini\", \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}";
    private static final Delays DELAYS = new Delays(Duration.ofMillis(200), Duration.ofSeconds(7));

    private final ProviderStandIn standIn = ProviderStandIn.start(Listen.atAnyPort(), DELAYS, InstantSource.fixed(NOW));

    @AfterEach
    void close() {
        standIn.close();
    }

    @Test
    void tellsWhichKeyItWasCalledWithAndNeverTheKey() {
        openAi("sk-proj-0123456789-wxyz").post(CHAT, QUESTION);
        new Caller(standIn.address(), "x-goog-api-key", "AIza-0123456789-abcd").get("/v1beta/models");

        assertThat(standIn.calls())
                .containsExactly(
                        new Call(
                                "openai",
                                Call.fingerprint("sk-proj-0123456789-wxyz"),
                                "wxyz",
                                "gpt-4o-mini",
                                CHAT,
                                NOW),
                        new Call(
                                "google", Call.fingerprint("AIza-0123456789-abcd"), "abcd", "", "/v1beta/models", NOW));
        var served = openAi("none").get("/calls");
        assertThat(served.json().findValuesAsText("key_fingerprint"))
                .isEqualTo(standIn.calls().stream().map(Call::keyFingerprint).toList());
        assertThat(served.text()).doesNotContain("sk-proj", "AIza");
    }

    @Test
    void tellsTheCallsWithOneKeyToWhoAsksForThem() {
        openAi("sk-demo-one-0001").get("/v1/models");
        openAi("sk-demo-two-0002").get("/v1/models");

        var served = openAi("none").get("/calls?key_fingerprint=" + Call.fingerprint("sk-demo-two-0002"));

        assertThat(served.json().findValuesAsText("key_end")).containsExactly("0002");
    }

    @Test
    void fingerprintsAKeyWithSha256() {
        assertThat(Call.fingerprint("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void saysHowLongToWaitWhenItLimitsTheRate() {
        var answer = openAi("sk-ratelimited-0123").post(CHAT, QUESTION);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.response().headers().firstValue("Retry-After")).hasValue("7");
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization,  Bearer sk-bad-0123,      /v1/models,      401, invalid_api_key",
        "Authorization,  Bearer sk-ant-good-0123, /v1/models,      401, invalid_api_key",
        "Authorization,  Bearer AIza-good-0123,   /v1/models,      401, invalid_api_key",
        "x-api-key,      sk-ant-bad-0123,         /v1/models,      401, authentication_error",
        "x-goog-api-key, AIza-bad-0123,           /v1beta/models,  400, API_KEY_INVALID",
        "x-goog-api-key, sk-good-0123,            /v1beta/models,  400, API_KEY_INVALID",
        "x-none,         none,                    /v1/models,      401, API key",
        "x-none,         none,                    /v1beta/models,  403, PERMISSION_DENIED",
    })
    void refusesKeysAsTheProvidersDo(String header, String value, String path, int status, String word) {
        var answer = new Caller(standIn.address(), header, value).get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).contains(word);
        assertThat(answer.json().isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-later-bad-0123", "sk-later-ratelimited-0123", "sk-later-broken-0123"})
    void acceptsAKeyThatFailsOnlyLater(String key) {
        assertThat(openAi(key).get("/v1/models").status()).isEqualTo(200);
        assertThat(openAi(key).post(CHAT, QUESTION).status()).isGreaterThanOrEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"model\": \"gpt-4o\"}", "{\"messages\": [{\"content\": \"x\"}]}", "{\"messages"})
    void refusesWhatIsNoChatRequest(String body) {
        assertThat(openAi("sk-good-0123").post(CHAT, body).status()).isEqualTo(400);
    }

    @Test
    void answersASlowKeyLate() {
        long start = System.nanoTime();

        var answer = openAi("sk-slow-0123").post(CHAT, QUESTION);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAYS.late());
    }

    /** On virtual threads on both sides: 500 calls at once take as long as one. */
    @Test
    void answersLateInAsManyCallsAsThereAre() throws Exception {
        long start = System.nanoTime();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var caller = openAi("sk-delay2000-0123");
            var calls = Collections.nCopies(
                    500, (Callable<Integer>) () -> caller.post(CHAT, QUESTION).status());
            for (var status : threads.invokeAll(calls)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(15));
    }

    @Test
    void dripsAByteEvery100Milliseconds() throws Exception {
        var request = HttpRequest.newBuilder(standIn.address().resolve(CHAT))
                .header("Authorization", "Bearer sk-drip-0123")
                .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                .build();
        try (var http = HttpClient.newHttpClient();
                var body = http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            long start = System.nanoTime();

            assertThat(body.readNBytes(5)).hasSize(5);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            standIn.close();
        }
    }

    @Test
    void keepsNobodyWaitingForAListOfModels() {
        assertThat(openAi("sk-delay999999-0123").get("/v1/models").status()).isEqualTo(200);
    }

    @Test
    void countsCallsWithAKeyBeyondThoseThatItKeeps() {
        var log = new CallLog();
        for (int call = 0; call < 20_000; call++) {
            log.add(Call.with("sk-" + call % 2, "openai", "x".repeat(1000), CHAT, NOW));
        }

        assertThat(log.all())
                .hasSize(10_000)
                .allSatisfy(call -> assertThat(call.model()).hasSize(200));
        assertThat(log.count(Optional.of(Call.fingerprint("sk-0")))).isEqualTo(10_000);
        assertThat(log.count(Optional.of(Call.fingerprint("sk-2")))).isZero();
        assertThat(log.count(Optional.empty())).isEqualTo(20_000);
    }

    @Test
    void tellsHowManyCallsThereWere() {
        openAi("sk-demo-one-0001").post(CHAT, QUESTION);
        openAi("sk-demo-two-0002").post(CHAT, QUESTION);
        openAi("sk-demo-two-0002").post(CHAT, QUESTION);

        assertThat(openAi("none").get("/calls/count").text()).isEqualTo("{\"count\":3}");
        assertThat(openAi("none")
                        .get("/calls/count?key_fingerprint=" + Call.fingerprint("sk-demo-two-0002"))
                        .text())
                .isEqualTo("{\"count\":2}");
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization,  Bearer sk-quota-0123,      /v1/chat/completions,                     429, insufficient_quota",
        "Authorization,  Bearer sk-overloaded-0123, /v1/chat/completions,                     503, overloaded",
        "x-api-key,      sk-ant-quota-0123,         /v1/messages,                             402, billing_error",
        "x-api-key,      sk-ant-overloaded-0123,    /v1/messages,                             529, overloaded_error",
        "x-goog-api-key, AIza-quota-0123,           /v1beta/models/gemini-pro:generateContent, 403, BILLING_DISABLED",
        "x-goog-api-key, AIza-overloaded-0123,      /v1beta/models/gemini-pro:generateContent, 503, UNAVAILABLE",
    })
    void runsOutOfCreditAndRoomAsTheProvidersDo(String header, String value, String path, int status, String word) {
        var answer = new Caller(standIn.address(), header, value).post(path, QUESTION);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).contains(word);
        assertThat(answer.json().isObject()).isTrue();
    }

    @Test
    void closesWhileACallHangs() {
        var hanging = CompletableFuture.runAsync(() -> openAi("sk-hang-0123").post(CHAT, QUESTION));
        Awaitility.await().until(() -> !standIn.calls().isEmpty());

        standIn.close();

        assertThat(hanging.handle((done, failure) -> true).orTimeout(10, TimeUnit.SECONDS))
                .succeedsWithin(Duration.ofSeconds(10));
    }

    private Caller openAi(String key) {
        return new Caller(standIn.address(), "Authorization", "Bearer " + key);
    }
}
