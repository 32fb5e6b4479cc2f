package dev.latchkey.api.forgetting;

import dev.latchkey.sealing.caching.CacheLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits until nothing is left with which what a forgotten user sealed could be opened. */
public final class Disappearance {
    /** What has to come true. */
    public enum Step {
        TOLD("every worker is told, on the topic data-keys"),
        BOOKS("the pnl-worker has taken the user out of the books"),
        CACHES("no worker can remember the data key any more"),
        CLEANED("the broker has cleaned the wrapped key off the topic data-keys");

        private final String sentence;

        Step(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    private static final Duration PAUSE = Duration.ofMillis(1500);

    /** What is on the topic of the forgetting, and until when a worker can remember what it opened before it was told. */
    private record Told(Traces traces, Instant remembered) {}

    private final DataKeyTopic topic;
    private final InstantSource clock;
    private final Runnable tellAgain;
    private final Duration pause;
    private @Nullable Told told;

    /** Tells again by writing to the topic: a log is only cleaned up to where it was rolled, and only rolled by a write. */
    public Disappearance(DataKeyTopic topic, InstantSource clock, Runnable tellAgain) {
        this(topic, clock, tellAgain, PAUSE);
    }

    /** @param pause between two looks at the topic */
    Disappearance(DataKeyTopic topic, InstantSource clock, Runnable tellAgain, Duration pause) {
        this.topic = topic;
        this.clock = clock;
        this.tellAgain = tellAgain;
        this.pause = pause;
    }

    /**
     * What did not come true until the deadline: nothing, if all is well.
     *
     * @param over is told of each step that has come true
     */
    public Set<Step> await(UUID userId, Instant deadline, Consumer<Step> over) {
        var open = EnumSet.allOf(Step.class);
        while (true) {
            var traces = look(userId);
            for (var step : EnumSet.copyOf(open)) {
                if (isTrue(step, traces)) {
                    open.remove(step);
                    over.accept(step);
                }
            }
            if (open.isEmpty() || clock.instant().isAfter(deadline)) {
                return open;
            }
            LockSupport.parkNanos(pause.toNanos());
            if (told != null && open.contains(Step.CLEANED)) {
                tellAgain.run();
            }
        }
    }

    private Traces look(UUID userId) {
        var traces = topic.of(userId);
        if (told == null && traces.forgottenAt().isPresent()) {
            told = new Told(traces, clock.instant().plus(CacheLimits.LONGEST));
        }
        return traces;
    }

    private boolean isTrue(Step step, Traces traces) {
        var seen = told;
        if (seen == null) {
            return false;
        }
        return switch (step) {
            case TOLD -> true;
            case BOOKS ->
                topic.isBooked(
                        seen.traces().partition(), seen.traces().forgottenAt().orElseThrow());
            case CACHES -> clock.instant().isAfter(seen.remembered());
            case CLEANED -> traces.wrappedKeys() == 0;
        };
    }
}
