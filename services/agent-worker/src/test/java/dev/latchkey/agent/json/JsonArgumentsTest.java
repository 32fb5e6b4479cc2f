package dev.latchkey.agent.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonArgumentsTest {
    private final JsonArguments arguments = new JsonArguments();

    @Test
    void readsTextsAndNumbersDigitByDigit() {
        assertThat(arguments.read("""
                        {"symbol": "BTC-USD", "quantity": 0.100000000000000000000001, "limit_price": 1E400,
                         "whole": 90071992547409931234, "yes": true, "none": null, "text": "a\\u00e9\\"b"}"""))
                .contains(Map.of(
                        "symbol", "BTC-USD",
                        "quantity", "0.100000000000000000000001",
                        "limit_price", "1E400",
                        "whole", "90071992547409931234",
                        "yes", "true",
                        "text", "aé\"b"));
    }

    @Test
    void keepsWhatIsInsideAsItIs() {
        assertThat(arguments.read("{\"in\": {\"a\": [1.10, \"x\"]}, \"list\": []}"))
                .contains(Map.of("in", "{\"a\":[1.10,\"x\"]}", "list", "[]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{}", " { } "})
    void readsNoArgumentsInNothing(String text) {
        assertThat(arguments.read(text)).contains(Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"text\"",
                "1",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":[1}",
                "{} {}",
                "{}x",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":01}"
            })
    void readsNothingElse(String text) {
        assertThat(arguments.read(text)).isEmpty();
    }

    @Test
    void isNotBroughtDownByDepth() {
        assertThat(arguments.read("{\"a\":" + "[".repeat(100_000))).isEmpty();
    }
}
