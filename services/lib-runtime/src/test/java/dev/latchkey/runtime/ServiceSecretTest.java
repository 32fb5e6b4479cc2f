package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceSecretTest {
    private static final String NAME = "LATCHKEY_AGENT_SECRET";

    @Test
    void readsWhatIsSetAndPrintsItToNobody() {
        var secret = read("hidden-0123456789");

        assertThat(secret).isEqualTo(new ServiceSecret("hidden-0123456789"));
        assertThat(secret.toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden-01234567", "hidden 0123456789", "hidden-ä-0123456789"})
    void refusesWhatCanBeGuessedOrCanNotBeShownWithoutQuotingIt(String text) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> read(text))
                .withMessage("environment variable " + NAME
                        + " is no secret: a secret is 16 or more printable ASCII characters without spaces")
                .withNoCause();
    }

    @Test
    void namesWhatIsNotSet() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> ServiceSecret.from(new Settings(Map.of()), NAME))
                .withMessage("environment variable " + NAME + " is not set");
    }

    private static ServiceSecret read(String text) {
        return ServiceSecret.from(new Settings(Map.of(NAME, text)), NAME);
    }
}
