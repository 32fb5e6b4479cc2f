package dev.latchkey.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TokensTest {
    @Test
    void theKeyIsWhereStateOfThisUserIsKept() {
        var environment = Map.of("XDG_STATE_HOME", "/var/state", "HOME", "/home/ann");

        assertThat(Tokens.keyFile(environment)).isEqualTo(Path.of("/var/state/latchkey/issuer.json"));
    }

    @Test
    void theKeyIsInTheHomeDirectoryWhenNothingElseIsSaid() {
        var expected = Path.of("/home/ann/.local/state/latchkey/issuer.json");

        assertThat(Tokens.keyFile(Map.of("HOME", "/home/ann"))).isEqualTo(expected);
        assertThat(Tokens.keyFile(Map.of("HOME", "/home/ann", "XDG_STATE_HOME", " ")))
                .isEqualTo(expected);
    }

    @Test
    void theKeyIsInTheHomeDirectoryThatJavaKnowsWhenNoneIsSaid() {
        var home = Path.of(System.getProperty("user.home"));

        assertThat(Tokens.keyFile(Map.of())).isEqualTo(home.resolve(".local/state/latchkey/issuer.json"));
    }
}
