package dev.latchkey.standins.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.standins.local.Caller;
import dev.latchkey.standins.local.Listen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
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
