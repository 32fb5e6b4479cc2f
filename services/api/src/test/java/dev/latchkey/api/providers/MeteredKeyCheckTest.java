package dev.latchkey.api.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.credentials.Model;
import dev.latchkey.providers.Provider;
import dev.latchkey.providers.Verdict;
import dev.latchkey.sealing.ApiKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeteredKeyCheckTest {
    private static final ApiKey KEY = new ApiKey("sk-live-abcdefgh-wxyz");
    private static final Model MODEL = new Model(Provider.OPENAI, "m", null);

    @Test
    void countsVerdictsByProviderAndOutcome() {
        var meters = new SimpleMeterRegistry();
        var verdicts = List.of(
                new Verdict.Accepted(), new Verdict.Refused(), new Verdict.Unreachable(), new Verdict.Forbidden("no"));

        verdicts.forEach(verdict -> new MeteredKeyCheck((key, model) -> verdict, meters).check(KEY, MODEL));

        assertThat(meters.find("latchkey.validations").timers())
                .extracting(timer ->
                        timer.getId().getTag("provider") + " " + timer.getId().getTag("outcome") + " " + timer.count())
                .containsExactlyInAnyOrder(
                        "openai accepted 1", "openai refused 1", "openai unreachable 1", "openai forbidden 1");
    }
}
