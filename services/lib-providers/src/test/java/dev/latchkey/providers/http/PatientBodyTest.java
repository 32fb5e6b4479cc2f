package dev.latchkey.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PatientBodyTest {
    private static final Duration HOURS = Duration.ofHours(5);

    @Test
    void isReadToItsEnd() throws IOException {
        try (var body = new PatientBody(new ByteArrayInputStream(new byte[] {1, 2, 3}), HOURS)) {
            assertThat(body.readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void isNotWaitedForLongerThanThat() throws IOException {
        try (var body = new PatientBody(new Silence(), Duration.ofMillis(50))) {
            assertThatExceptionOfType(OutOfPatience.class).isThrownBy(body::read);
        }
    }

    /** Thousands of calls end long before anybody loses patience. */
    @Test
    void nothingIsKeptOfOneThatIsClosed() {
        var bodies = IntStream.range(0, 100).mapToObj(_ -> closed()).toList();

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return bodies.stream().allMatch(body -> body.get() == null);
        });
    }

    /** Says nothing until it is closed. */
    private static final class Silence extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private static WeakReference<InputStream> closed() {
        var body = new ByteArrayInputStream(new byte[1_000]);
        try (var patient = new PatientBody(body, HOURS)) {
            assertThat(patient.read()).isZero();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new WeakReference<>(body);
    }
}
