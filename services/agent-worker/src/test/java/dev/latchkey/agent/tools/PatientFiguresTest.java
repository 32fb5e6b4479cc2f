package dev.latchkey.agent.tools;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.tools.Figures.Finding;
import dev.latchkey.agent.tools.Figures.Question;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PatientFiguresTest {
    private static final Question QUESTION = new Question.OfPnl(ADA);
    private static final Finding FOUND = new Finding.Found("{}");

    private Instant now = NOW;
    private int questions;
    private int awayFor;

    @Test
    void asksOnceWhatIsAnswered() throws Exception {
        assertThat(patient().find(QUESTION)).isEqualTo(FOUND);
        assertThat(questions).isEqualTo(1);
    }

    @Test
    void asksAgainWhileNobodyCanTell() throws Exception {
        awayFor = 3;

        assertThat(patient().find(QUESTION)).isEqualTo(FOUND);
        assertThat(questions).isEqualTo(4);
    }

    @Test
    void givesUpInTime() throws Exception {
        awayFor = Integer.MAX_VALUE;

        assertThat(patient().find(QUESTION)).isEqualTo(new Finding.Away());
        assertThat(questions).isEqualTo(10);
    }

    @Test
    void sparesTheOthersAfterItHasWaitedInVainAndIsPatientAgainLater() throws Exception {
        awayFor = Integer.MAX_VALUE;
        var figures = patient();
        figures.find(QUESTION);

        assertThat(figures.find(QUESTION)).isEqualTo(new Finding.Away());
        assertThat(questions).isEqualTo(11);

        now = now.plusSeconds(10);
        awayFor = 14;
        assertThat(figures.find(QUESTION)).isEqualTo(FOUND);
        assertThat(questions).isEqualTo(15);
    }

    /** Each question takes a second. */
    private Figures patient() {
        Figures figures = _ -> {
            now = now.plusSeconds(1);
            questions++;
            return questions <= awayFor ? new Finding.Away() : FOUND;
        };
        var patience = new PatientFigures.Patience(Duration.ofSeconds(10), Duration.ofMillis(1));
        return new PatientFigures(figures, () -> now, patience);
    }
}
