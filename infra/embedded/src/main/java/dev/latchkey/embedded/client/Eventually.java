package dev.latchkey.embedded.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until the answer is the one waited for. */
public final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Eventually() {}

    /** The first answer that fits, or the last one when none did in a minute. */
    public static <T> T ask(Supplier<T> question, Predicate<T> fits) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        var answer = question.get();
        while (!fits.test(answer) && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = question.get();
        }
        return answer;
    }
}
