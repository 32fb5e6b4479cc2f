package dev.latchkey.router.runs;

import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.ProviderUnavailable;
import dev.latchkey.events.RateLimited;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OutcomeTest {
    static Stream<Schema> branches() {
        return AgentResult.getClassSchema().getField("outcome").schema().getTypes().stream();
    }

    @ParameterizedTest
    @MethodSource("branches")
    void knowsEveryOutcomeOfTheSchema(Schema branch) {
        var outcome = SpecificData.newInstance(SpecificData.get().getClass(branch), branch);

        assertThatCode(() -> Outcome.of(result(outcome), "openai")).doesNotThrowAnyException();
    }

    @Test
    void takesANegativeWaitForNone() {
        assertThat(Outcome.of(result(new RateLimited(-5L)), "openai"))
                .isEqualTo(new Outcome.Passing("openai asks to come back later", Optional.of(Duration.ZERO)));
    }

    @Test
    void waitsForAProviderThatIsAwayAsLongAsItAsksAndOtherwiseByItsOwnRule() {
        assertThat(Outcome.of(result(new ProviderUnavailable("status 503", 7_000L)), "openai"))
                .isEqualTo(
                        new Outcome.Passing("openai is unavailable: status 503", Optional.of(Duration.ofSeconds(7))));
        assertThat(Outcome.of(result(new ProviderUnavailable("status 503", null)), "openai"))
                .isEqualTo(new Outcome.Passing("openai is unavailable: status 503", Optional.empty()));
    }

    private static AgentResult result(Object outcome) {
        return new AgentResult(
                id("t"), id("p"), id("u"), 1, outcome, null, NOW, NOW, null, false, false, List.of(), null, List.of());
    }
}
