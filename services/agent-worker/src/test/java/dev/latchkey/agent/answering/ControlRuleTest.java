package dev.latchkey.agent.answering;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.BOB;
import static dev.latchkey.agent.Samples.control;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.RunControl;
import org.junit.jupiter.api.Test;

final class ControlRuleTest {
    @Test
    void hearsNobodyUnderAnotherKey() {
        var control = control(RunControl.CANCELLED).build();

        assertThat(ControlRule.brokenBy(ADA.toString(), control)).isEmpty();
        assertThat(ControlRule.brokenBy(BOB.toString(), control)).contains("the record key is not the userId");
    }
}
