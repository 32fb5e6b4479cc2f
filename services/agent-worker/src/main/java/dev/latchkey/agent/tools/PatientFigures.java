package dev.latchkey.agent.tools;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Asks again while nobody can tell, up to a bound: a model that waits for figures is waited for itself. Who waited in vain
 * spares the others: for as long again, nobody is asked more than once.
 */
public final class PatientFigures implements Figures {
    private final Figures figures;
    private final InstantSource clock;
    private final Patience patience;
    private volatile Instant sparedUntil = Instant.EPOCH;

    /**
     * How long to ask.
     *
     * @param pause between one question and the next
     */
    public record Patience(Duration most, Duration pause) {}

    public PatientFigures(Figures figures, InstantSource clock, Patience patience) {
        this.figures = figures;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public Finding find(Question question) throws InterruptedException {
        var end = clock.instant().plus(patience.most());
        var finding = figures.find(question);
        while (finding instanceof Finding.Away && clock.instant().isBefore(end) && !isSpared()) {
            Thread.sleep(patience.pause());
            finding = figures.find(question);
        }
        if (finding instanceof Finding.Away && !isSpared()) {
            sparedUntil = clock.instant().plus(patience.most());
        }
        return finding;
    }

    private boolean isSpared() {
        return clock.instant().isBefore(sparedUntil);
    }
}
