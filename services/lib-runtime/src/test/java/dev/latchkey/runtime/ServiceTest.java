package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ServiceTest {
    static final class Refusing {
        public static void main(String[] args) {
            Service.run("sample", (settings, shutdown) -> settings.text("LATCHKEY_SURELY_UNSET"));
        }
    }

    static final class Failing {
        public static void main(String[] args) {
            Service.runProgram("sample", (settings, shutdown) -> 3);
        }
    }

    static final class Breaking {
        public static void main(String[] args) {
            Service.run("sample", (settings, shutdown) -> {
                throw new IllegalStateException("no");
            });
        }
    }

    static final class Waiting {
        public static void main(String[] args) {
            Service.run("sample", (settings, shutdown) -> {
                System.out.println("up");
                shutdown.await();
                System.out.println("closed");
            });
        }
    }

    @Test
    void saysInOneSentenceWhyItDoesNotStart() throws IOException, InterruptedException {
        var process = start(Refusing.class);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("sample: environment variable LATCHKEY_SURELY_UNSET is not set\n");
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void endsWithStatusOneWhenItBreaks() throws IOException, InterruptedException {
        var process = start(Breaking.class);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void endsWithTheStatusOfItsProgram() throws IOException, InterruptedException {
        var process = start(Failing.class);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
    }

    @Test
    void closesEverythingWhenItIsToldToStop() throws IOException, InterruptedException {
        var process = start(Waiting.class);
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("up");

            // Process.destroy would close the stream as well.
            process.toHandle().destroy();

            assertThat(out.readLine()).isEqualTo("closed");
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static Process start(Class<?> main) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), main.getName()).start();
    }
}
