package dev.latchkey.agent.answering;

import static dev.latchkey.agent.Samples.CREDENTIAL;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.deletedCredential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class RunningCallsTest {
    private static final EndedBy DELETION = new EndedBy.Deletion(CREDENTIAL);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final RunningCalls running = new RunningCalls();

    @Test
    void endsEveryCallOfADeletedCredentialAndNoOther() throws Exception {
        var begun = new CountDownLatch(3);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = threads.submit(() -> running.run(DELETION, () -> sleep(begun)));
            var two = threads.submit(() -> running.run(DELETION, () -> sleep(begun)));
            var other = threads.submit(() -> running.run(new EndedBy.Deletion(UUID.randomUUID()), () -> sleep(begun)));
            begun.await();

            running.changed(deletedCredential());

            assertThat(one.get()).isEmpty();
            assertThat(two.get()).isEmpty();
            assertThat(other.isDone()).isFalse();
            other.cancel(true);
        }
    }

    @Test
    void lastsWhenTheCredentialChangesOtherwise() throws Exception {
        var answer = running.run(DELETION, () -> {
            running.changed(credential().setRevision(9).build());
            return "done";
        });

        assertThat(answer).contains("done");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void givesTheAnswerThatCameBeforeTheEnd() throws Exception {
        var answer = running.run(DELETION, () -> {
            running.changed(deletedCredential());
            return "done all the same";
        });

        assertThat(answer).contains("done all the same");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void leavesAThreadAloneThatIsDone() throws Exception {
        running.run(DELETION, () -> "done");

        running.changed(deletedCredential());

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void stopsForAnInterruptThatIsNoDeletion() {
        assertThatThrownBy(() -> running.run(DELETION, () -> {
                    Thread.currentThread().interrupt();
                    Thread.sleep(LONG);
                    return "never";
                }))
                .isInstanceOf(InterruptedException.class);
    }

    private static String sleep(CountDownLatch begun) throws InterruptedException {
        begun.countDown();
        Thread.sleep(LONG);
        return "never";
    }
}
