package dev.latchkey.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.runtime.ProblemException;
import dev.latchkey.sealing.ApiKey;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a request ends, what it brought is overwritten. */
final class PlainKeysTest {
    record Brought(ApiKey key, AutoCloseable body) {}

    static Stream<Brought> bodies() {
        var key = new ApiKey("sk-live-abcdefgh-wxyz");
        var other = new ApiKey("sk-live-abcdefgh-wxyz");
        var third = new ApiKey("sk-live-abcdefgh-wxyz");
        return Stream.of(
                new Brought(key, new RegisterBody("openai", key, null, null, null)),
                new Brought(other, new RotateBody(other, null)),
                new Brought(third, new ValidateBody("openai", third, null, null, null)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void wipesTheKeyOfABodyThatIsDoneWith(Brought brought) throws Exception {
        brought.body().close();

        assertThatThrownBy(() -> brought.key().masked()).hasMessage("the API key was wiped");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"api_key\": \"sk-live-abcdefgh-wxyz\"}",
                "{\"api_key\": \"sk-live-abcdefgh-wxyz\", \"x\": 1}",
                "{"
            })
    void overwritesABodyOnceItIsRead(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);

        parse(body);

        assertThat(body).containsOnly(0);
    }

    private static void parse(byte[] body) {
        try {
            assertThat(Bodies.parse(body, RotateBody.class).modelName()).isNull();
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isBetween(400, 422);
        }
    }
}
