package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.credentials.Quotas.Kind;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** One of each kind an hour, or as many as there are by default. */
final class QuotasOverHttpTest {
    private static final String ANY = CREDENTIALS + "/" + UUID.randomUUID();

    private static final Map<String, Function<Caller, Answer>> CALLS = Map.of(
            "register", caller -> caller.register("openai", "sk-live-abcdefgh-wxyz"),
            "rotate", caller -> caller.put(ANY, "{}"),
            "make default", caller -> caller.put(ANY + "/default", ""),
            "delete", caller -> caller.delete(ANY),
            "list", caller -> caller.get(CREDENTIALS),
            "validate", caller -> caller.post(CREDENTIALS + "/validate", "{}"),
            "prompt", caller -> caller.post("/api/v1/users/me/prompts", "{\"prompt\": \"What now?\"}"),
            "cancel", caller -> caller.post("/api/v1/users/me/prompts/" + UUID.randomUUID() + "/cancellation", "{}"));

    private static final Map<Kind, Integer> USUAL = Map.of(
            Kind.WRITE, 10, Kind.DELETION, 10, Kind.VALIDATION, 20, Kind.READ, 50, Kind.PROMPT, 60, Kind.RUN_ORDER, 60);

    /** Of each: how many pass, and the wait in seconds until the next does. */
    private static final Map<String, List<Integer>> EXPECTED = Map.of(
            "register", List.of(10, 360),
            "rotate", List.of(10, 360),
            "make default", List.of(10, 360),
            "delete", List.of(10, 360),
            "list", List.of(50, 72),
            "validate", List.of(20, 180),
            "prompt", List.of(60, 60),
            "cancel", List.of(60, 60));

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new RunningApi(
                directory,
                Map.of(
                        Kind.WRITE,
                        1,
                        Kind.DELETION,
                        1,
                        Kind.VALIDATION,
                        1,
                        Kind.READ,
                        1,
                        Kind.PROMPT,
                        1,
                        Kind.RUN_ORDER,
                        1));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @TestFactory
    Stream<DynamicTest> saysWhenToComeBack() {
        return CALLS.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    var anna = api.caller();
                    var first = call.getValue().apply(anna);

                    var second = call.getValue().apply(anna);

                    assertThat(first.status()).isNotEqualTo(429);
                    assertThat(second)
                            .isEqualTo(Answer.problem(429, "Too many requests", "that was too often in an hour")
                                    .with("retry-after", second.notable().getOrDefault("retry-after", "none")));
                    assertThat(Integer.valueOf(second.notable().getOrDefault("retry-after", "0")))
                            .isBetween(3_500, 3_600);
                }));
    }

    @TestFactory
    Stream<DynamicTest> letsWhoeverWaitsAsLongAsToldIn(@TempDir Path directory) throws Exception {
        var now = new AtomicReference<>(Instant.parse("2026-11-24T12:00:00.123456Z"));
        var setup = RunningApi.Setup.usual().withQuotas(USUAL, now::get);
        var patient = new RunningApi(directory, setup);

        return CALLS.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    var anna = patient.caller();
                    int passed = 0;
                    var answer = call.getValue().apply(anna);
                    for (; answer.status() != 429; passed++) {
                        answer = call.getValue().apply(anna);
                    }
                    int told = Integer.parseInt(answer.notable().getOrDefault("retry-after", "0"));
                    now.updateAndGet(time -> time.plusSeconds(told - 1));
                    var early = call.getValue().apply(anna);
                    now.updateAndGet(time -> time.plusSeconds(1));
                    var inTime = call.getValue().apply(anna);

                    assertThat(List.of(passed, told)).isEqualTo(EXPECTED.get(call.getKey()));
                    assertThat(early.status()).isEqualTo(429);
                    assertThat(early.notable()).containsEntry("retry-after", "1");
                    assertThat(inTime.status()).isNotEqualTo(429);
                }))
                .onClose(patient::close);
    }

    @Test
    void storesNothingForOneWhoComesTooOften() {
        var anna = api.caller();
        anna.put(ANY + "/default", "");

        anna.register("openai", "sk-live-abcdefgh-wxyz");

        assertThat(anna.get(CREDENTIALS)).isEqualTo(Answer.ok("[]"));
        assertThat(api.outboxOf(anna).history())
                .extracting(CredentialAudited::getChange)
                .containsExactly(CredentialChange.MADE_DEFAULT, CredentialChange.READ);
    }

    @Test
    void letsAKeyBeTakenBackByOneWhoHasUsedUpAllChanges() {
        var anna = api.caller();
        var leaked = anna.register("openai", "sk-live-abcdefgh-wxyz").text("id");
        assertThat(anna.put(CREDENTIALS + "/" + leaked + "/default", "").status())
                .isEqualTo(429);

        var answer = anna.delete(CREDENTIALS + "/" + leaked);

        assertThat(answer.status()).isEqualTo(200);
    }
}
