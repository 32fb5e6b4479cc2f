package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StandardErrorTest {
    static final class Asking {
        public static void main(String[] args) {
            System.out.println(StandardError.isWatched() ? "watched" : "alone");
        }
    }

    @Test
    void isNotWatchedInAPipe() throws Exception {
        assertThat(said(program())).isEqualTo("alone");
    }

    @Test
    void believesWhoeverStartedIt() throws Exception {
        assertThat(said(program("-Dlatchkey.watched=true"))).isEqualTo("watched");
        assertThat(said(program("-Dlatchkey.watched=false"))).isEqualTo("alone");
    }

    private static List<String> program(String... options) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = List.of("-cp", System.getProperty("java.class.path"), Asking.class.getName());
        return Stream.of(List.of(java), List.of(options), classPath)
                .flatMap(List::stream)
                .toList();
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said.strip();
    }
}
