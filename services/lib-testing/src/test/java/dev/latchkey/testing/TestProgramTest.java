package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The build gives these tests an environment as a developer may have one. */
final class TestProgramTest {
    private static final List<String> FOREIGN = List.of("LATCHKEY_KAFKA", "OPENAI_API_KEY");

    @Test
    void inheritsNoSettingAndNoKey() throws IOException {
        assertThat(System.getenv()).containsKeys(FOREIGN.toArray(String[]::new));

        assertThat(said(TestProgram.of(List.of("env"))))
                .anyMatch(line -> line.startsWith("PATH="))
                .noneMatch(line -> FOREIGN.stream().anyMatch(line::startsWith));
    }

    @Test
    void getsWhatItsTestGivesIt() throws IOException {
        var program = TestProgram.of(List.of("env"));
        program.environment().put("LATCHKEY_KAFKA", "localhost:1");

        assertThat(said(program)).contains("LATCHKEY_KAFKA=localhost:1");
    }

    private static List<String> said(ProcessBuilder program) throws IOException {
        try (var out = program.start().inputReader(StandardCharsets.UTF_8)) {
            return out.lines().toList();
        }
    }
}
