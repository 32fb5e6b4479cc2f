package dev.latchkey.router.runs;

import dev.latchkey.events.PromptSubmitted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long and how often a prompt is tried.
 *
 * @param deadline time to answer a prompt that names no deadline
 * @param grace how long after the deadline the result of a call that began before it still counts
 * @param memory how long an ended run is remembered, so that its promptId stays used; no deadline is further away
 * @param attempts attempts at a step in all, the first included
 * @param systemModel the operator's model; empty when nobody may use it
 * @param room how much of a user may be under way at a time
 */
public record RunPolicy(
        Duration deadline,
        Duration grace,
        Duration memory,
        int attempts,
        Optional<SystemModel> systemModel,
        Room room) {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_ATTEMPTS = 10;

    public RunPolicy {
        if (!deadline.isPositive() || grace.isNegative() || !memory.isPositive()) {
            throw new IllegalArgumentException("deadline and memory are positive and grace is not negative");
        }
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("attempts are between 1 and " + MOST_ATTEMPTS + ", not " + attempts);
        }
    }

    /** Ten minutes to answer, four attempts, remembered for a week, no system model. */
    public static RunPolicy usual() {
        return new RunPolicy(
                Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofDays(7), 4, Optional.empty(), Room.usual());
    }

    Instant deadlineOf(PromptSubmitted prompt, Instant now) {
        var latest = now.plus(memory);
        var wanted = Optional.ofNullable(prompt.getDeadline()).orElseGet(() -> now.plus(deadline));
        return wanted.isBefore(latest) ? wanted : latest;
    }

    /** 1 s after the first attempt, then 2 s, 4 s and so on. */
    Duration pauseAfter(int attempt) {
        return FIRST_PAUSE.multipliedBy(1L << (attempt - 1));
    }
}
