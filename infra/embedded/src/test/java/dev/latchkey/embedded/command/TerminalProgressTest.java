package dev.latchkey.embedded.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.embedded.Progress;
import dev.latchkey.runtime.Shutdown;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TerminalProgressTest {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Shutdown shutdown = new Shutdown();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final TerminalProgress progress =
            new TerminalProgress(shutdown, new PrintStream(screen, true, StandardCharsets.UTF_8), () -> now);

    @Test
    void showsNothingForTwoSeconds() {
        progress.waitingFor("Kafka");
        passSeconds(2);

        progress.show();

        assertThat(shown()).isEmpty();
    }

    @Test
    void showsWhatTakesLongerAndForHowLongAlready() {
        progress.waitingFor("Kafka");
        passSeconds(3);
        progress.show();
        passSeconds(1);
        progress.show();

        assertThat(shown())
                .isEqualTo(ERASE_LINE + "  waiting for Kafka (3 s)" + ERASE_LINE + "  waiting for Kafka (4 s)");
    }

    @Test
    void erasesItsLineWhenTheWaitIsOver() {
        progress.waitingFor("Kafka");
        passSeconds(3);
        progress.show();

        progress.done();
        progress.show();

        assertThat(shown()).isEqualTo(ERASE_LINE + "  waiting for Kafka (3 s)" + ERASE_LINE);
    }

    @Test
    void beginsAgainWithTheNextWait() {
        progress.waitingFor("Kafka");
        passSeconds(3);
        progress.waitingFor("the topics");
        passSeconds(1);

        progress.show();

        assertThat(shown()).isEmpty();
    }

    @Test
    void erasesItsLineWhenItIsClosed() {
        progress.waitingFor("Kafka");
        passSeconds(3);
        progress.show();

        progress.close();

        assertThat(shown()).endsWith(ERASE_LINE);
    }

    @Test
    void nothingIsWaitedForOnceSomebodyAskedToStop() {
        progress.waitingFor("Kafka");

        shutdown.ask();

        assertThatExceptionOfType(Progress.Stopped.class).isThrownBy(() -> progress.waitingFor("the topics"));
    }

    private void passSeconds(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
