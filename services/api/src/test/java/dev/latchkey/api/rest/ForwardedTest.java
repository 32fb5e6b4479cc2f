package dev.latchkey.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.rest.Neighbours.Asked;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that other services answer. */
final class ForwardedTest {
    private static final String ME = "/api/v1/users/me";

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    private final Caller anna = api.caller();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new RunningApi(directory, RunningApi.PLENTY);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pnl",
                "/pnl?symbol=AAPL&x=%20",
                "/pnl/positions",
                "/default-model",
                "/usage?from=2026-11-01&to=2026-11-26"
            })
    void passesTheQuestionAndTheAnswerOn(String path) {
        api.neighbours().reply(ME + path, 200, "{\"figures\": []}");

        var answer = anna.get(ME + path);

        assertThat(answer).isEqualTo(Answer.ok("{\"figures\": []}").with("retry-after", "7"));
        assertThat(api.neighbours().asked()).contains(new Asked("GET", ME + path, "Bearer " + anna.token(), ""));
    }

    @Test
    void passesAProblemOn() {
        api.neighbours().reply(ME + "/pnl", 503, "{\"status\": 503}");

        assertThat(anna.get(ME + "/pnl").status()).isEqualTo(503);
    }

    @Test
    void saysThatAServiceIsAway(@TempDir Path directory) throws Exception {
        try (var alone = new RunningApi(directory, RunningApi.PLENTY)) {
            alone.neighbours().close();

            assertThat(alone.caller().get(ME + "/pnl"))
                    .isEqualTo(Answer.problem(503, "Service unavailable", "the neighbour does not answer")
                            .with("retry-after", "2"));
        }
    }
}
