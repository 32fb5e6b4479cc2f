package dev.latchkey.agent.answering;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.BOB;
import static dev.latchkey.agent.Samples.NOW;
import static dev.latchkey.agent.Samples.PROMPT;
import static dev.latchkey.agent.Samples.control;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.RunControl;
import dev.latchkey.events.RunControlled;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CancellationsTest {
    private static final EndedBy.Cancellation OF_PROMPT = new EndedBy.Cancellation(ADA, PROMPT);

    private final RunningCalls running = new RunningCalls();
    private Instant now = NOW;
    private final Cancellations cancellations = new Cancellations(() -> now, running);

    @Test
    void containWhatWasCancelledAndNothingElse() {
        cancellations.heard(control(RunControl.APPROVED).build());
        cancellations.heard(control(RunControl.REJECTED).build());
        cancellations.heard(control(RunControl.UNKNOWN).build());
        assertThat(cancellations.contain(OF_PROMPT)).isFalse();

        cancellations.heard(control(RunControl.CANCELLED).build());

        assertThat(cancellations.contain(OF_PROMPT)).isTrue();
        assertThat(cancellations.contain(new EndedBy.Cancellation(BOB, PROMPT))).isFalse();
        assertThat(cancellations.contain(new EndedBy.Cancellation(ADA, UUID.randomUUID())))
                .isFalse();
    }

    @Test
    void endWhatRunsForTheRunAndNothingOfAnotherUsersRun() throws Exception {
        var begun = new CountDownLatch(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hers = threads.submit(() -> running.run(OF_PROMPT, () -> sleep(begun)));
            var his = threads.submit(() -> running.run(new EndedBy.Cancellation(BOB, PROMPT), () -> sleep(begun)));
            begun.await();

            cancellations.heard(control(RunControl.CANCELLED).build());

            assertThat(hers.get()).isEmpty();
            assertThat(his.isDone()).isFalse();
            his.cancel(true);
        }
    }

    @Test
    void areForgottenOnceTheyAreOld() {
        cancellations.heard(control(RunControl.CANCELLED).build());
        now = NOW.plus(Cancellations.MEMORY);
        cancellations.heard(of(new UUID(1, 1), now));
        cancellations.heard(of(new UUID(1, 2), NOW));

        assertThat(cancellations.contain(OF_PROMPT)).isFalse();
        assertThat(cancellations.contain(new EndedBy.Cancellation(ADA, new UUID(1, 1))))
                .isTrue();
        assertThat(cancellations.contain(new EndedBy.Cancellation(ADA, new UUID(1, 2))))
                .isFalse();
    }

    @Test
    void areNoMoreThanSoMany() {
        IntStream.rangeClosed(0, Cancellations.MOST).forEach(i -> cancellations.heard(of(new UUID(0, i), NOW)));

        assertThat(cancellations.contain(new EndedBy.Cancellation(ADA, new UUID(0, 0))))
                .isFalse();
        assertThat(cancellations.contain(new EndedBy.Cancellation(ADA, new UUID(0, 1))))
                .isTrue();
        assertThat(cancellations.contain(new EndedBy.Cancellation(ADA, new UUID(0, Cancellations.MOST))))
                .isTrue();
    }

    private static RunControlled of(UUID promptId, Instant occurredAt) {
        return control(RunControl.CANCELLED)
                .setPromptId(promptId)
                .setOccurredAt(occurredAt)
                .build();
    }

    private static String sleep(CountDownLatch begun) throws InterruptedException {
        begun.countDown();
        Thread.sleep(Duration.ofMinutes(10));
        return "never";
    }
}
