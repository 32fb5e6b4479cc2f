package dev.latchkey.router.runs;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class RunIdTest {
    @Test
    void readsWhatItWrites() {
        var run = new RunId(ANNA, id("p"));

        assertThat(RunId.parse(run.toString())).isEqualTo(run);
    }

    @Test
    void refusesAnythingElse() {
        assertThatThrownBy(() -> RunId.parse("anna"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a run id is userId|promptId, not anna");
    }
}
