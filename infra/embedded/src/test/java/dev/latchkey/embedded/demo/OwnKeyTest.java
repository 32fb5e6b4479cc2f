package dev.latchkey.embedded.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class OwnKeyTest {
    @Test
    void isTheRealOneWhenTheEnvironmentHasIt() {
        var environment = Map.of(
                "OPENAI_API_KEY", "sk-real-1234\n", "GEMINI_API_KEY", "AIza-real", "ANTHROPIC_API_KEY", "sk-ant-real");

        assertThat(OwnKey.openAi(environment)).isEqualTo(new OwnKey("openai", "sk-real-1234", true));
        assertThat(OwnKey.gemini(environment)).isEqualTo(new OwnKey("google", "AIza-real", true));
        assertThat(OwnKey.anthropic(environment)).isEqualTo(new OwnKey("anthropic", "sk-ant-real", true));
    }

    @Test
    void isMadeUpAnewWhenTheEnvironmentHasNone() {
        var key = OwnKey.openAi(Map.of("OPENAI_API_KEY", " "));

        assertThat(key.isReal()).isFalse();
        assertThat(key.key())
                .matches("sk-demo-[0-9]{24}")
                .isNotEqualTo(OwnKey.openAi(Map.of()).key());
    }

    @Test
    void isSeenByItsOwnerAsTheApiOughtToMaskIt() {
        assertThat(new OwnKey("openai", "sk-demo-000000001234", false).masked()).isEqualTo("sk-...1234");
        assertThat(new OwnKey("google", "AIza-demo-000000001234", false).masked())
                .isEqualTo("...1234");
    }

    @Test
    void showsItsEndOnly() {
        assertThat(new OwnKey("openai", "sk-real-1234", true)).hasToString("OwnKey[openai ...1234]");
    }
}
