package dev.latchkey.embedded.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LatchkeyMainTest {
    private final Terminal terminal = new Terminal(Map.of());

    @ParameterizedTest
    @CsvSource({
        "demo,   --json=FILE",
        "up,     --data=DIR --port-offset=N",
        "token,  --hours=N --user=UUID",
        "status, --json=FILE --port-offset=N",
        "bench,  --json=FILE"
    })
    void helpOfACommandListsItsOptions(String command, String options) {
        int status = terminal.execute(command, "--help");

        assertThat(status).isZero();
        assertThat(terminal.errors()).isEmpty();
        assertThat(terminal.printed())
                .startsWith("Usage: latchkey " + command + " ")
                .contains(List.of(options.split(" ")))
                .contains("-h, --help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo", "up", "token --user 018f3a00-0000-7000-8000-000000000001", "status --port-offset 1"})
    void anOptionThatACommandDoesNotHaveIsRefused(String command) {
        int status = terminal.execute((command + " --colour").split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(terminal.printed()).isEmpty();
        assertThat(terminal.errors()).contains("'--colour'", "Usage: latchkey");
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        assertThat(terminal.execute("status", "--port-offset", "many")).isEqualTo(2);
        assertThat(terminal.errors()).contains("--port-offset", "many");
    }
}
