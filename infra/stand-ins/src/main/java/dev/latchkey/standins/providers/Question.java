package dev.latchkey.standins.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a chat request asks of a model. */
record Question(String model, String text, boolean streamed) {
    private static final String USER = "user";

    /** The answer is told by the question alone, so that whoever asked can tell whose model answered. */
    Answer answeredBy(String provider) {
        var answer = "This is " + provider + " " + model + ". You asked: " + text;
        return new Answer(model, answer, tokensOf(text), tokensOf(answer));
    }

    /** The text of the last message from the user: one text, or the texts of its parts. */
    static Optional<String> lastUserText(JsonNode messages, String content) {
        Optional<String> last = Optional.empty();
        for (var message : messages) {
            if (message.path("role").asText(USER).equals(USER)) {
                last = Optional.of(text(message.path(content)));
            }
        }
        return last.filter(text -> !text.isEmpty());
    }

    private static String text(JsonNode content) {
        return content.isTextual()
                ? content.textValue()
                : content.findValuesAsText("text").stream().collect(Collectors.joining("\n"));
    }

    private static int tokensOf(String text) {
        return Math.ceilDiv(text.length(), 4);
    }
}
