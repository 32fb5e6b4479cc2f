package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ResumingThreadTest {
    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void beginsAnewWhenTheWorkBreaksOff() {
        try (var thread = ResumingThread.start("test", this::breakOffTwice)) {
            await().until(() -> begun.get() == 3 && thread.isWorking());
        }

        assertThat(begun).hasValue(3);
    }

    @Test
    void doesNotWorkWhileTheWorkBreaksOffAgainAndAgain() {
        try (var thread = ResumingThread.start("test", _ -> breakOff())) {
            await().until(() -> !thread.isWorking());
            await().until(() -> begun.get() > 1);

            assertThat(thread.isWorking()).isFalse();
        }
    }

    @Test
    void letsTheWorkEndWhatItDoes() {
        var ended = new AtomicInteger();
        var thread = ResumingThread.start("test", self -> {
            begun.incrementAndGet();
            awaitStop(self);
            ended.incrementAndGet();
        });

        await().until(() -> begun.get() == 1);
        thread.close();

        assertThat(ended).hasValue(1);
        await().until(() -> !thread.isWorking());
    }

    private void breakOffTwice(ResumingThread thread) throws InterruptedException {
        if (begun.incrementAndGet() < 3) {
            throw new IllegalStateException("broken");
        }
        thread.isFine();
        awaitStop(thread);
    }

    private void breakOff() {
        begun.incrementAndGet();
        throw new IllegalStateException("broken");
    }

    private static void awaitStop(ResumingThread thread) {
        await().until(thread::isStopping);
    }
}
