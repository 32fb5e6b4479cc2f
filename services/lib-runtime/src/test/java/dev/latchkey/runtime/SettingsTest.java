package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    private final Settings settings = new Settings(Map.of("TEXT", " a ", "BLANK", " ", "BAD", "x y"));

    @Test
    void namesTheVariableThatIsNotSet() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> settings.text("BLANK"))
                .withMessage("environment variable BLANK is not set");
    }

    @Test
    void stripsWhatIsSet() {
        assertThat(settings.text("TEXT")).isEqualTo("a");
    }

    @Test
    void fallsBackWhenUnset() {
        assertThat(settings.number("NUMBER", 7)).isEqualTo(7);
        assertThat(settings.flag("FLAG", true)).isTrue();
        assertThat(settings.uri("URL", URI.create("http://a"))).isEqualTo(URI.create("http://a"));
    }

    @Test
    void saysWhatAValueMustBe() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> settings.number("BAD", 1))
                .withMessage("environment variable BAD must be a whole number, not x y");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> settings.uri("BAD"))
                .withMessage("environment variable BAD must be an absolute URL, not x y");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> settings.flag("BAD", true))
                .withMessage("environment variable BAD must be true or false, not x y");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> settings.duration("BAD", Duration.ZERO))
                .withMessage("environment variable BAD must be a duration such as 500ms, 10s, 5m or 24h, not x y");
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "10s,PT10S", "5m,PT5M", "24h,PT24H", "PT1M,PT1M"})
    void readsDurations(String written, Duration duration) {
        assertThat(new Settings(Map.of("D", written)).duration("D", Duration.ZERO))
                .isEqualTo(duration);
    }
}
