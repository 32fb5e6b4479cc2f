package dev.latchkey.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.StartRefused;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class InParallelTest {
    @Test
    void runsAllAtTheSameTime() {
        var both = new CountDownLatch(2);
        Runnable meeting = () -> {
            both.countDown();
            await(both);
        };

        InParallel.run(List.of(meeting, meeting));

        assertThat(both.getCount()).isZero();
    }

    @Test
    void saysWhatFailedOnceTheOthersHaveEnded() {
        var failed = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        Runnable failing = () -> {
            failed.countDown();
            throw new StartRefused("Kafka ended while starting");
        };
        Runnable slower = () -> {
            await(failed);
            ended.set(true);
        };

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> InParallel.run(List.of(failing, slower)))
                .withMessage("Kafka ended while starting");
        assertThat(ended).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
