package dev.latchkey.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RestartableTest {
    private final List<String> happened = new ArrayList<>();
    private final Restartable part = new Restartable(() -> {
        happened.add("start");
        return new Recorded(happened);
    });

    private record Recorded(List<String> happened) implements Part {
        @Override
        public void kill() {
            happened.add("kill");
        }

        @Override
        public void close() {
            happened.add("close");
        }
    }

    @Test
    void startsOnceHoweverOftenItIsStarted() {
        part.start();
        part.start();

        assertThat(happened).containsExactly("start");
    }

    @Test
    void endsOnceAndStartsAgain() {
        part.start();
        part.close();
        part.close();
        part.kill();
        part.start();
        part.kill();
        part.close();

        assertThat(happened).containsExactly("start", "close", "start", "kill");
    }

    @Test
    void hasNothingToEndBeforeItIsStarted() {
        part.close();
        part.kill();

        assertThat(happened).isEmpty();
    }

    @Test
    void canBeStartedAfterAStartThatFailed() {
        var failing = new Restartable(() -> {
            happened.add("start");
            if (happened.size() == 1) {
                throw new IllegalStateException("not yet");
            }
            return new Recorded(happened);
        });
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(failing::start);

        failing.start();
        failing.close();

        assertThat(happened).containsExactly("start", "start", "close");
    }
}
